package io.bilitw.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.net.Loop;
import io.bilitw.net.Transport;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The warm-up, whose sockets are its own, on a worker's event loop. */
class WarmUpTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final EventLoopGroup group = Transport.newEventLoop("worker");
    private final Loop loop = new Loop(group.next(), 16 * 1024);

    @BeforeEach
    void runOnce() throws IOException { // what Java and Netty open for good is open then
        WarmUp.run(loop, "1", 1, LONG);
    }

    @AfterEach
    void closeLoop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        loop.close();
    }

    @Test
    void endsAfterSoManyRequests() throws IOException {
        assertThat(WarmUp.run(loop, "1", 2000, LONG)).isBetween(2000, 3000);
    }

    @Test
    void endsWhenItsTimeIsOver() throws IOException {
        long start = System.nanoTime();
        int answered = WarmUp.run(loop, "1", Integer.MAX_VALUE, Duration.ofMillis(200));
        assertThat(answered).isPositive();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
    }

    @Test
    void endsWhenNothingIsToBeAsked() throws IOException {
        assertThat(WarmUp.run(loop, "1", 0, LONG)).isZero();
    }

    @Test
    void leavesNoSocketAndNoThreadBehind() throws IOException {
        Set<String> before = sockets();
        WarmUp.run(loop, "1", 1000, LONG);
        assertThat(sockets()).isEqualTo(before);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("warm-up"));
    }

    @Test
    void runsOnAnEventLoopOfItsOwn() throws IOException {
        Set<String> before = sockets();
        assertThat(WarmUp.run("1", 1, LONG)).isPositive();
        assertThat(sockets()).isEqualTo(before);
    }

    private static Set<String> sockets() throws IOException {
        Set<String> sockets = new TreeSet<>();
        try (DirectoryStream<Path> descriptors =
                Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)) { // that of the directory is closed again
                    String what = Files.readSymbolicLink(descriptor).toString();
                    if (what.startsWith("socket:")) {
                        sockets.add(what);
                    }
                }
            }
        }
        return sockets;
    }
}
