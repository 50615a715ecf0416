package io.bilitw.config;

/**
 * A TCP port on a host.
 *
 * @param host a name or an address as written in the file, IPv6 without brackets; not resolved
 */
public record TcpAddress(String host, int port) implements Address {

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
