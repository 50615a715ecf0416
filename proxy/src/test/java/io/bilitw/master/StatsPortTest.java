package io.bilitw.master;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.FreePorts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class StatsPortTest {

    /** Half a millisecond covers what lies between a reader's coming and its being answered. */
    private static final int ROUNDS = 500;

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @Test
    void endsQuietlyWhenItIsClosedWhileAReaderComes() throws Exception {
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
        try {
            for (int round = 0; round < ROUNDS; round++) {
                InetSocketAddress address = new InetSocketAddress(LOOPBACK, FreePorts.next());
                StatsPort stats = StatsPort.open(address, StatsPortTest::write);
                try (Socket _ = new Socket(LOOPBACK, address.getPort())) {
                    LockSupport.parkNanos(round * 1000L);
                    stats.close();
                }
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(uncaught).isEmpty();
    }

    private static void write(OutputStream out) {
        try {
            out.write("{}".getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
