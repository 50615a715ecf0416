package io.bilitw.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of servers in a pool and of pools in the file: shorter names first, then by byte value.
 *
 * <p>Copied from nc_string.c:string_compare, since the place of a server in this order is what
 * modula maps keys to.
 */
enum NameOrder implements Comparator<String> {
    SHORTER_FIRST;

    @Override
    public int compare(String left, String right) {
        byte[] leftBytes = left.getBytes(UTF_8);
        byte[] rightBytes = right.getBytes(UTF_8);
        return leftBytes.length == rightBytes.length
                ? Arrays.compareUnsigned(leftBytes, rightBytes)
                : Integer.compare(leftBytes.length, rightBytes.length);
    }
}
