/**
 * Benches of the hot path, one class a thing measured, run with {@code ./dev bench}.
 *
 * <p>The settings stand in each class; a bench names the bytes per operation it aims at, which
 * {@code -prof gc} shows.
 *
 * <p>{@link io.bilitw.bench.MemcacheLoad} is no bench but a load generator, which {@code ./dev
 * compare} runs.
 */
@NullMarked
package io.bilitw.bench;

import org.jspecify.annotations.NullMarked;
