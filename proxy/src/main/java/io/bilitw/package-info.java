/**
 * The command line of bilitw: {@code main}, its options and its commands, nothing else.
 *
 * <p>Start here: {@link io.bilitw.Bilitw}.
 */
@NullMarked
package io.bilitw;

import org.jspecify.annotations.NullMarked;
