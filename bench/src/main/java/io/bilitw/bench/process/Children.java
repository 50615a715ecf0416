package io.bilitw.bench.process;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The processes that this one starts, and their directory; both end with it. */
public final class Children implements AutoCloseable {

    private static final int MIN_PORT = 20_000;
    private static final int MAX_PORT = 32_000; // the kernel gives those behind it to clients
    private static final int TRIES = 100;
    private static final int PATIENCE_SECONDS = 3;

    private final Path directory;
    private final Deque<Process> processes = new ArrayDeque<>();
    private volatile boolean ending;
    private final Thread hook = new Thread(this::endEarly, "end of children");

    /** Makes the directory. */
    public Children() throws IOException {
        directory = Files.createTempDirectory("bilitw-bench.");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a program that runs on a list of processors, for example 0 or 0,1. It has a session of
     * its own, so that Ctrl-C reaches this process first, which then knows why the others end.
     */
    public synchronized Process start(String processors, String... words) throws IOException {
        if (ending) {
            throw new IOException("This process is about to end.");
        }
        List<String> command = new ArrayList<>(List.of("setsid", "taskset", "-c", processors));
        command.addAll(List.of(words));
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                        .start();
        processes.push(process);
        return process;
    }

    /** Returns the file that has what all children print. */
    public Path output() {
        return directory.resolve("output");
    }

    /** Returns the directory of this run, which is where the children run. */
    public Path directory() {
        return directory;
    }

    /** Ends a process and waits for that. */
    public static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns a port of the loopback that nobody listens on. */
    public static int freePort() throws IOException, BenchException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(MIN_PORT, MAX_PORT);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(loopback(port));
                return port;
            } catch (BindException e) {
                // Somebody listens there.
            }
        }
        throw new BenchException("Found no free port on 127.0.0.1.");
    }

    /** Returns the address of a port of 127.0.0.1. */
    public static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    /** Does not return if this process is about to end: then what was measured counts no more. */
    public void standStillIfEnding() {
        while (ending) {
            LockSupport.park();
        }
    }

    @Override
    public void close() {
        standStillIfEnding();
        Runtime.getRuntime().removeShutdownHook(hook);
        end();
    }

    private void endEarly() {
        ending = true;
        end();
    }

    private synchronized void end() {
        processes.forEach(Process::destroy);
        processes.forEach(Children::end);
        processes.clear();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("bench: " + directory + " was not removed: " + e.getMessage());
        }
    }
}
