/**
 * The redis wire language: RESP2 requests in, RESP2 responses out. Bytes only, no channels.
 *
 * <p>Start here: {@link io.bilitw.protocol.redis.RedisCommand}, one row a command; then {@link
 * io.bilitw.protocol.redis.RedisRequestParser}, which finds a request and its keys, and {@link
 * io.bilitw.protocol.redis.RedisDialogue}, which says what becomes of it. The places of keys are
 * {@link io.bilitw.protocol.redis.KeySpec}s, the joining of responses is {@link
 * io.bilitw.protocol.redis.RedisSplit}, the proxy's own answers are the classes named Answers,
 * their errors {@link io.bilitw.protocol.redis.RedisError}.
 *
 * <p>Uses: {@code protocol}. Used by: {@code worker} only; all others see {@code protocol}.
 */
@NullMarked
package io.bilitw.protocol.redis;

import org.jspecify.annotations.NullMarked;
