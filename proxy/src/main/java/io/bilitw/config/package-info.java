/**
 * The configuration file: YAML in, immutable records out, with defaults filled in and every fault
 * named by line and column.
 *
 * <p>Start here: {@link io.bilitw.config.PoolConfig}, one record component a key; then {@link
 * io.bilitw.config.ConfigFile}, which loads a file.
 *
 * <p>Uses: {@code hash}, {@code distribution}. Used by: every room that has settings.
 */
@NullMarked
package io.bilitw.config;

import org.jspecify.annotations.NullMarked;
