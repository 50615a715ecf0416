/**
 * Benches of the hot path, one class a thing measured, run with {@code ./dev microbench}.
 *
 * <p>The settings stand in each class; a bench names the bytes per operation it aims at, which
 * {@code -prof gc} shows.
 *
 * <p>{@code matrix} measures the whole program instead, and {@code soak} whether it grows.
 */
@NullMarked
package io.bilitw.bench;

import org.jspecify.annotations.NullMarked;
