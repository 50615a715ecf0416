package io.bilitw.it;

import io.bilitw.testkit.CacheClient;
import java.util.Arrays;
import java.util.Random;

/** Sends a stream cut anywhere, in pieces of a few bytes or of many. */
final class RandomPieces {

    private RandomPieces() {}

    static void send(CacheClient<?> client, byte[] bytes, Random random) {
        int at = 0;
        while (at < bytes.length) {
            int length =
                    Math.min(
                            bytes.length - at,
                            1 + random.nextInt(random.nextBoolean() ? 64 : 65_536));
            client.send(Arrays.copyOfRange(bytes, at, at + length));
            at += length;
        }
    }
}
