/**
 * The redis wire language: RESP2 requests in, RESP2 responses out. Bytes only, no channels.
 *
 * <p>command.
 *
 * <p>Uses: {@code protocol}. Used by: {@code worker} only; all others see {@code protocol}.
 */
@NullMarked
package io.bilitw.protocol.redis;

import org.jspecify.annotations.NullMarked;
