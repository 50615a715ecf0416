package io.bilitw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogQueueTest {

    private static final int CAPACITY = 10;
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("net");

    private final Disk disk = new Disk();
    private final LogQueue queue =
            new LogQueue(
                    CAPACITY,
                    new LogRation(System::nanoTime),
                    new LineEncoder("worker0/"),
                    LogFile.of(disk));

    @AfterEach
    void stop() {
        disk.blocked.countDown();
        queue.stop();
    }

    @Test
    void countsLinesForWhichThereIsNoRoomAndTellsOnceBehindThoseThatWaited() {
        queue.start();
        log("first", null);
        awaitUntil(() -> disk.isBusy);
        for (int i = 0; i < CAPACITY + 7; i++) {
            log("line " + i, null);
        }
        assertThat(queue.lost()).isEqualTo(7);

        disk.blocked.countDown();

        awaitUntil(() -> disk.writes.size() == 1 + CAPACITY + 1);
        assertThat(disk.writes.get(CAPACITY)).endsWith(" line " + (CAPACITY - 1) + "\n");
        assertThat(disk.writes.getLast())
                .matches("\\[[-0-9:. ]{23}] warn worker0/log 7 log lines were lost\n");
        queue.stop();
        assertThat(disk.writes).hasSize(1 + CAPACITY + 1);
        assertThat(queue.lost()).isEqualTo(7);
    }

    @Test
    void goesOnAfterFailedWritesAndTellsOfThemWithoutAnotherLine() {
        disk.blocked.countDown();
        disk.isFull = true;
        queue.start();
        for (int i = 0; i < 3; i++) {
            log("a line", null);
        }
        awaitUntil(() -> queue.lost() == 3);

        disk.isFull = false;

        awaitUntil(() -> disk.writes.size() == 1);
        assertThat(disk.writes.getFirst()).endsWith(" 3 log lines were lost\n");
        log("the next", null);
        awaitUntil(() -> disk.writes.size() == 2);
        assertThat(disk.writes.getLast()).endsWith(" the next\n");
        assertThat(queue.lost()).isEqualTo(3);
    }

    @Test
    void triesSeldomToTellOfLossesWhileTheDiskIsFull() {
        disk.blocked.countDown();
        disk.isFull = true;
        queue.start();
        log("a line", null);

        awaitUntil(() -> disk.failuresNanos.size() == 3);

        assertThat(disk.failuresNanos.get(2) - disk.failuresNanos.get(0))
                .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1900));
        assertThat(queue.lost()).isEqualTo(1);
    }

    @Test
    void beginsANewLineBehindOneThatTheDiskTookInPart() {
        disk.blocked.countDown();
        disk.room.set(20);
        queue.start();
        log("a line", null);
        awaitUntil(() -> queue.lost() == 1);
        disk.room.set(Integer.MAX_VALUE);
        log("the next", null);

        awaitUntil(() -> disk.writes.size() == 3);
        assertThat(disk.writes.get(0)).hasSize(20).doesNotContain("\n");
        assertThat(disk.writes.get(1)).startsWith("\n[").endsWith(" the next\n");
        assertThat(disk.writes.get(2)).startsWith("[").endsWith(" 1 log lines were lost\n");
    }

    @Test
    void writesALineWithItsStackTraceAtOnce() {
        disk.blocked.countDown();
        queue.start();

        log("closed", new IllegalStateException("a bug"));
        queue.stop();

        assertThat(disk.writes).hasSize(1);
        assertThat(disk.writes.getFirst().lines().count()).isGreaterThan(10);
    }

    @Test
    void writesWhatWaitsBeforeItStops() {
        disk.blocked.countDown();
        queue.start();
        for (int i = 0; i < CAPACITY; i++) {
            log("line " + i, null);
        }

        queue.stop();

        assertThat(disk.writes).hasSize(CAPACITY);
        assertThat(disk.isOpen()).isFalse();
    }

    @Test
    void doesNotWaitAtItsEndForALogThatTakesNothing() {
        queue.start();
        log("a line", null);
        long begin = System.nanoTime();

        queue.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void goesOnInAnotherFileAndClosesTheFirst() {
        Disk second = new Disk();
        second.blocked.countDown();
        disk.blocked.countDown();
        queue.start();
        log("in the first", null);

        queue.goOnIn(LogFile.of(second));

        awaitUntil(() -> !disk.isOpen());
        log("in the second", null);
        queue.stop();
        assertThat(disk.writes).singleElement().asString().endsWith(" in the first\n");
        assertThat(second.writes).singleElement().asString().endsWith(" in the second\n");
    }

    @Test
    void saysThatAFullDiskTakesNothing() throws Exception {
        LogFile full = LogFile.open(Path.of("/dev/full"));

        assertThat(full.write(new byte[] {'\n'})).isFalse();
        full.close();
    }

    private void log(String text, @Nullable Throwable thrown) {
        queue.doAppend(new LoggingEvent("", LOGGER, Level.INFO, text, thrown, null));
    }

    private static void awaitUntil(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(condition);
    }

    /** What lines are written to: it may take its time, or be full. */
    private static final class Disk implements WritableByteChannel {

        final List<String> writes = new CopyOnWriteArrayList<>();
        final CountDownLatch blocked = new CountDownLatch(1);
        final List<Long> failuresNanos = new CopyOnWriteArrayList<>();
        final AtomicInteger room = new AtomicInteger(Integer.MAX_VALUE);
        volatile boolean isFull;
        volatile boolean isBusy;
        private volatile boolean isClosed;

        @Override
        public int write(ByteBuffer source) throws IOException {
            isBusy = true;
            try {
                blocked.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            byte[] taken = new byte[Math.min(room.get(), source.remaining())];
            if (isFull || taken.length == 0) {
                failuresNanos.add(System.nanoTime());
                throw new IOException("No space left on device");
            }
            source.get(taken);
            room.addAndGet(-taken.length);
            writes.add(new String(taken, UTF_8));
            return taken.length;
        }

        @Override
        public boolean isOpen() {
            return !isClosed;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
