/**
 * The text protocol of memcached: the classic commands and the meta commands, their responses, and
 * the proxy's own answers. Bytes only, no channels.
 *
 * <p>Start here: {@link io.bilitw.protocol.memcache.MemcacheCommand}, one row a command; then
 * {@link io.bilitw.protocol.memcache.MemcacheRequestParser}.
 *
 * <p>Uses: {@code protocol}. Used by: {@code worker} only; all others see {@code protocol}.
 */
@NullMarked
package io.bilitw.protocol.memcache;

import org.jspecify.annotations.NullMarked;
