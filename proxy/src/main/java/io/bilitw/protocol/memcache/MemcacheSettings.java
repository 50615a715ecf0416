package io.bilitw.protocol.memcache;

/**
 * What a memcached pool is set to.
 *
 * @param poolName the pool's name, for answers about the proxy
 * @param allowsFlush whether clients may empty all servers
 * @param version bilitw's own version
 */
public record MemcacheSettings(String poolName, boolean allowsFlush, String version) {}
