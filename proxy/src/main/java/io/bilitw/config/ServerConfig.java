package io.bilitw.config;

/**
 * One server of a pool.
 *
 * @param name the configured name, else what ketama hashes in its place: {@code host:port}, {@code
 *     host} alone at port 11211, {@code path:} with its colon for a unix socket
 *     (nc_conf.c:conf_add_server)
 * @param pname the item of the file without its name, {@code host:port:weight}; for messages
 * @param weight its share of the keys, from 1
 */
public record ServerConfig(String name, String pname, Address address, int weight) {}
