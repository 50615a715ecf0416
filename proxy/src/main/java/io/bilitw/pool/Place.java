package io.bilitw.pool;

import io.bilitw.config.ServerConfig;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where one key belongs, and what decided it.
 *
 * @param server the server of the key, or null if each may get it
 * @param partFrom where in the key the part that is hashed begins
 * @param partTo where that part ends
 * @param hash the hash of that part, unless the hash decides nothing
 * @param reason in a few words, what the hash falls on, or why there is none
 */
public record Place(
        @Nullable ServerConfig server, int partFrom, int partTo, OptionalLong hash, String reason) {

    static Place ofOnly(ServerConfig server) {
        return new Place(server, 0, 0, OptionalLong.empty(), "only server");
    }

    static Place ofAny(String reason) {
        return new Place(null, 0, 0, OptionalLong.empty(), reason);
    }
}
