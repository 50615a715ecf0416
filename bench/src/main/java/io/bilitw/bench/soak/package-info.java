/**
 * {@code ./dev soak}: the packaged program under a mixed load for long, with clients that come and
 * go, reloads and restarts of servers, to see whether anything grows.
 *
 * <p>Start here: {@link io.bilitw.bench.soak.Soak} runs it; {@link io.bilitw.bench.soak.Load} has
 * the clients, each of which checks what it reads; {@link io.bilitw.bench.soak.Verdict} says what
 * has grown.
 */
@NullMarked
package io.bilitw.bench.soak;

import org.jspecify.annotations.NullMarked;
