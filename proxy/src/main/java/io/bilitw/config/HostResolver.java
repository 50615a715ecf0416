package io.bilitw.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds out whether a host name has an address; may block. */
@FunctionalInterface
interface HostResolver {

    /** The resolver of the machine. */
    HostResolver SYSTEM = HostResolver::hasAddress;

    boolean resolves(String host);

    private static boolean hasAddress(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException _) {
            return false;
        }
    }
}
