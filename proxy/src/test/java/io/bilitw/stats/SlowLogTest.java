package io.bilitw.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowLogTest {

    @TempDir Path directory;
    private Path path;

    @BeforeEach
    void writeFile() throws IOException {
        path = Files.write(directory.resolve("slow"), new byte[SlowLog.BYTES]);
    }

    @Test
    void whatOneWritesAnotherReads() throws IOException {
        SlowLog master = SlowLog.create(path);
        SlowLog worker = Objects.requireNonNull(SlowLog.map(path));
        long id = worker.nextId();
        SlowRequest written =
                new SlowRequest(
                        id,
                        123,
                        456_789,
                        "REQ_MC_GET",
                        bytes("key"),
                        3,
                        "c:1",
                        "s:2:1",
                        "alfa",
                        "lost");
        worker.put(written);

        assertThat(id).isEqualTo(1);
        SlowRequest read = master.newest(10).getFirst();
        assertThat(read).usingRecursiveComparison().isEqualTo(written);
        assertThat(read)
                .hasToString(
                        "slow req 1 on type: REQ_MC_GET, key: key, client: c:1, server: s:2:1,"
                                + " duration: 456 ms, failed: lost");
        assertThat(read.command()).isEqualTo("GET");
    }

    @Test
    void cutsWhatIsTooLong() {
        SlowLog slowLog = SlowLog.inProcess();
        String text = "x".repeat(1000);
        byte[] key = bytes("k".repeat(SlowLog.MAX_KEY_BYTES));
        long id = slowLog.nextId();
        slowLog.put(new SlowRequest(id, 1, 1, text, key, 999, text, text, text, text));

        SlowRequest read = slowLog.newest(1).getFirst();
        assertThat(read.keyText()).endsWith("kkk... (871 more bytes)");
        assertThat(List.of(read.type(), read.client(), read.server(), read.pool(), read.failure()))
                .allMatch(text::startsWith)
                .allMatch(each -> each.length() >= 40);
    }

    @Test
    void keepsTheNewest() {
        SlowLog slowLog = SlowLog.inProcess();
        assertThat(slowLog.newest(5)).isEmpty();
        IntStream.range(0, SlowLog.ENTRIES + 10).forEach(_ -> add(slowLog, "key"));

        assertThat(slowLog.count()).isEqualTo(SlowLog.ENTRIES);
        assertThat(slowLog.newest(2)).extracting(SlowRequest::id).containsExactly(138L, 137L);
        assertThat(slowLog.newest(1000)).hasSize(SlowLog.ENTRIES);
        assertThat(slowLog.newest(1000).getLast().id()).isEqualTo(11);
    }

    @Test
    void forgetsAndGoesOnCounting() {
        SlowLog slowLog = SlowLog.inProcess();
        add(slowLog, "before");
        slowLog.reset();
        assertThat(slowLog.count()).isZero();
        assertThat(slowLog.newest(10)).isEmpty();

        add(slowLog, "after");
        assertThat(slowLog.count()).isEqualTo(1);
        assertThat(slowLog.newest(10)).extracting(SlowRequest::id).containsExactly(2L);
    }

    @Test
    void leavesOutWhatIsBeingWritten() throws IOException {
        SlowLog slowLog = SlowLog.create(path);
        add(slowLog, "one");
        add(slowLog, "two");
        slowLog.nextId(); // is written later, or never if its worker is killed now
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(5 * Long.BYTES + 60); // in the first entry
            file.write('x');
        }
        assertThat(slowLog.newest(10)).extracting(SlowRequest::id).containsExactly(2L);
    }

    @Test
    void severalMayWriteAtOnce() throws Exception {
        SlowLog slowLog = SlowLog.inProcess();
        int writers = 4;
        int each = 20_000;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> ends =
                    IntStream.range(0, writers)
                            .<Future<?>>mapToObj(number ->
                                    threads.submit(() -> {
                                        String key = (number + "").repeat(100);
                                        for (int i = 0; i < each; i++) {
                                            add(slowLog, key);
                                        }
                                    }))
                            .toList();
            while (!ends.stream().allMatch(Future::isDone)) {
                assertThat(slowLog.newest(SlowLog.ENTRIES)).allMatch(SlowLogTest::isWhole);
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
        assertThat(slowLog.nextId()).isEqualTo((long) writers * each + 1);
    }

    @Test
    void allowsSomeLinesInASecond() {
        SlowLog slowLog = SlowLog.inProcess();
        assertThat(lines(slowLog, 1_800_000_000L, 25)).isEqualTo(SlowLog.LINES_PER_SECOND);
        assertThat(slowLog.leftOut()).isEqualTo(15);
        assertThat(lines(slowLog, 1_800_000_001L, 3)).isEqualTo(3);
        assertThat(slowLog.leftOut()).isEqualTo(15);
    }

    @Test
    void tellsThatAnotherVersionHasMadeTheFile() throws IOException {
        assertThat(SlowLog.map(path)).isNull();
        SlowLog.create(path);
        assertThat(SlowLog.map(path)).isNotNull();
        Files.write(path, new byte[SlowLog.BYTES + Long.BYTES]);
        assertThat(SlowLog.map(path)).isNull();
    }

    private static boolean isWhole(SlowRequest request) {
        return request.keyText().chars().distinct().count() == 1;
    }

    private static long lines(SlowLog slowLog, long second, int asked) {
        return IntStream.range(0, asked).filter(_ -> slowLog.mayWriteLine(second)).count();
    }

    private static void add(SlowLog slowLog, String key) {
        long id = slowLog.nextId();
        slowLog.put(
                new SlowRequest(
                        id, 1, 2, "REQ_REDIS_GET", bytes(key), key.length(), "c", "s", "p", ""));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
