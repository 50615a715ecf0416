package io.bilitw.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ProcessFiguresTest {

    @Test
    void addsUpWhatThreadsHaveAllocated() throws IOException {
        String threads =
                """
                "main" #1 [7] prio=5 os_prio=0 cpu=44.09ms elapsed=3.65s allocated=600K defined_classes=9
                "event loop" #9 [8] prio=5 cpu=1.09ms elapsed=3.65s allocated=12M defined_classes=1
                "log" #10 [9] prio=5 cpu=0.09ms elapsed=3.65s allocated=96B defined_classes=0
                """;

        assertThat(ProcessFigures.allocatedBytes(threads))
                .isEqualTo(600 * 1024 + 12 * 1024 * 1024 + 96);
    }

    @Test
    void refusesAnAnswerWithoutFigures() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ProcessFigures.allocatedBytes("No such process\n"))
                .withMessage("jcmd names no allocated bytes: No such process");
    }

    @Test
    void findsThePausesForGarbage() {
        String log =
                """
                [8.798s] Safepoint "SerialCollectForAllocation", Time since last: 9 ns, Total: 15001778 ns, Threads: 14 total
                [8.899s] Safepoint "ThreadDump", Time since last: 9 ns, Total: 9 ns, Threads: 14 total
                [9.498s] Safepoint "SerialCollectForAllocation", Time since last: 9 ns, Total: 3613148 ns, Threads: 14 total
                """;

        assertThat(ProcessFigures.pauseMillis(log)).containsExactly(3.613148, 15.001778);
    }

    @Test
    void countsSockets() throws IOException {
        Process child = new ProcessBuilder("sleep", "30").start();
        try (ServerSocket _ = new ServerSocket(0)) {
            assertThat(ProcessFigures.sockets(child.pid())).isZero();
            assertThat(ProcessFigures.sockets(ProcessHandle.current().pid())).isPositive();
        } finally {
            child.destroy();
        }
    }
}
