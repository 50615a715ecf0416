/**
 * {@code ./dev bench}: the packaged program beside nutcracker and beside no proxy at all, measured
 * in one run.
 *
 * <p>Start here: {@link io.bilitw.bench.matrix.BenchRow}, one row a workload; {@link
 * io.bilitw.bench.matrix.Stand} starts what is measured, {@link io.bilitw.bench.matrix.Matrix}
 * measures it. docs/performance.md says what the figures mean.
 */
@NullMarked
package io.bilitw.bench.matrix;

import org.jspecify.annotations.NullMarked;
