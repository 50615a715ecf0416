package io.bilitw.bench.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SoakIT {

    private static final Path HOME = Path.of(System.getProperty("bilitw.home"));
    private static final Duration TIME = Duration.ofSeconds(15);
    private static final int PATIENCE_SECONDS = 60;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);

    @Test
    void losesNothingUnderReloadsAndRestarts() throws Exception {
        boolean good = Soak.run(new SoakOptions(HOME, TIME), new AtomicBoolean(), out);

        String printed = bytes.toString(UTF_8);
        assertThat(good).as(printed).isTrue();
        assertThat(printed)
                .contains("reload 1", "server restarted", "worker ", ": heap after collection, MB")
                .containsPattern("[1-9]\\d* requests answered, 0 wrong, 0 lost")
                .containsPattern("[1-9]\\d* reloads? of [1-9]\\d*, 0 workers died")
                .endsWith("soak: all is well\n");
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void failsWhenWorkersDie() throws Exception {
        AtomicBoolean isStopped = new AtomicBoolean();
        Thread killer = Thread.ofPlatform().start(() -> killTheWorkers(isStopped));
        boolean good = Soak.run(new SoakOptions(HOME, TIME), isStopped, out);
        killer.join();

        String printed = bytes.toString(UTF_8);
        assertThat(good).as(printed).isFalse();
        assertThat(printed)
                .containsPattern("[1-9]\\d* lost")
                .containsPattern("[1-9] workers died")
                .contains("lost: ", "a worker has died");
    }

    @Test
    void saysWhatItCanWhenItIsEndedEarly() throws Exception {
        Process soak =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Soak.class.getName(),
                                HOME.toString())
                        .redirectErrorStream(true)
                        .start();
        List<String> printed = new ArrayList<>();
        try (BufferedReader lines = soak.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.add(line);
                if (line.startsWith(" 0:00:05")) {
                    new ProcessBuilder("kill", "-INT", String.valueOf(soak.pid())).start();
                }
            }
        }

        assertThat(soak.waitFor(PATIENCE_SECONDS, SECONDS)).isTrue();
        assertThat(printed).endsWith("soak: all is well").hasSizeLessThan(20);
        assertThat(soak.exitValue()).isZero();
    }

    private static void killTheWorkers(AtomicBoolean isStopped) {
        long until = System.nanoTime() + SECONDS.toNanos(PATIENCE_SECONDS);
        while (workers().size() < 2 && System.nanoTime() < until) {
            LockSupport.parkNanos(MILLISECONDS.toNanos(50));
        }
        LockSupport.parkNanos(MILLISECONDS.toNanos(1500));
        workers().forEach(ProcessHandle::destroyForcibly);
        LockSupport.parkNanos(SECONDS.toNanos(2));
        isStopped.set(true);
    }

    /** The processes that the master has started, which this one has started. */
    private static List<ProcessHandle> workers() {
        ProcessHandle self = ProcessHandle.current();
        return self.children().flatMap(ProcessHandle::children).toList();
    }
}
