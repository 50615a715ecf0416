package io.bilitw.bench.matrix;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long each thread of some processes has run, in nanoseconds, as the scheduler counts. */
record ProcessorTime(Map<Path, Long> nanosOfThread) {

    /** Reads the times as they are now. */
    static ProcessorTime of(List<Long> pids) throws IOException {
        Map<Path, Long> nanos = new HashMap<>();
        for (long pid : pids) {
            try (DirectoryStream<Path> threads =
                    Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
                for (Path thread : threads) {
                    readThread(thread, nanos);
                }
            }
        }
        return new ProcessorTime(nanos);
    }

    /** Reads the times of the threads with which a JVM compiles; others have none. */
    static ProcessorTime ofCompilers(List<Long> pids) throws IOException {
        Map<Path, Long> nanos = new HashMap<>();
        for (Map.Entry<Path, Long> thread : of(pids).nanosOfThread.entrySet()) {
            if (isCompiler(thread.getKey())) {
                nanos.put(thread.getKey(), thread.getValue());
            }
        }
        return new ProcessorTime(nanos);
    }

    private static boolean isCompiler(Path thread) throws IOException {
        try {
            return Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void readThread(Path thread, Map<Path, Long> nanos) throws IOException {
        try {
            String text = Files.readString(thread.resolve("schedstat"));
            nanos.put(thread, Long.parseLong(text.substring(0, text.indexOf(' '))));
        } catch (NoSuchFileException e) {
            // The thread has ended since it was listed.
        }
    }

    /** Returns how long all threads that live now have run since then. */
    long nanosSince(ProcessorTime then) {
        long sum = 0;
        for (Map.Entry<Path, Long> thread : nanosOfThread.entrySet()) {
            sum += thread.getValue() - then.nanosOfThread.getOrDefault(thread.getKey(), 0L);
        }
        return sum;
    }
}
