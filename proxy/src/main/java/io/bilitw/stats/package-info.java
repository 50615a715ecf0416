/**
 * What is counted, and where the counts are.
 *
 * <p>Start here: {@link io.bilitw.stats.PoolMetric} and {@link io.bilitw.stats.ServerMetric}, one
 * row a figure.
 *
 * <p>Uses: {@code config}. Used by: all rooms that something happens in.
 */
@NullMarked
package io.bilitw.stats;

import org.jspecify.annotations.NullMarked;
