package io.bilitw.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileSystems;

/** Knows hosts and users by their names; may block. */
@FunctionalInterface
interface NameService {

    /** What the machine knows. */
    NameService SYSTEM =
            new NameService() {
                @Override
                public boolean hasHost(String host) {
                    try {
                        return InetAddress.getAllByName(host).length > 0;
                    } catch (UnknownHostException _) {
                        return false;
                    }
                }

                @Override
                public boolean hasUser(String user) {
                    try {
                        FileSystems.getDefault()
                                .getUserPrincipalLookupService()
                                .lookupPrincipalByName(user);
                        return Digits.parse(user) == Digits.NOT_DIGITS; // which it takes as well
                    } catch (IOException _) {
                        return false;
                    }
                }
            };

    /** Tells whether a host name has an address. */
    boolean hasHost(String host);

    /** Tells whether there is a user of that name. */
    default boolean hasUser(String user) {
        return true;
    }
}
