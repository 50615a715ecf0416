package io.bilitw.it;

import io.bilitw.testkit.CacheClient;
import io.bilitw.testkit.FakeServer;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Sends streams in two pieces, with a pause between them in which the first one is read. */
final class Cuts {

    private Cuts() {}

    /** Sends {@code bytes} cut before byte {@code cut}. */
    static void send(CacheClient<?> client, byte[] bytes, int cut) {
        client.send(Arrays.copyOf(bytes, cut));
        giveTimeToArrive();
        client.send(Arrays.copyOfRange(bytes, cut, bytes.length));
    }

    /** Sends each byte by itself. */
    static void sendByteByByte(CacheClient<?> client, byte[] bytes) {
        for (byte b : bytes) {
            client.send(new byte[] {b});
        }
    }

    /**
     * Plays a server that answers every {@code requests} requests at once with {@code answers}, cut
     * where the first argument of the first request says.
     */
    static void answer(FakeServer.Connection connection, int requests, String answers)
            throws IOException {
        while (true) {
            int cut = Integer.parseInt(connection.readRequest().get(1));
            for (int i = 1; i < requests; i++) {
                connection.readRequest();
            }
            connection.write(answers.substring(0, cut));
            giveTimeToArrive();
            connection.write(answers.substring(cut));
        }
    }

    /** Lets the proxy read what was sent before the rest follows, so that it sees the cut. */
    private static void giveTimeToArrive() {
        LockSupport.parkNanos(1_000_000);
    }
}
