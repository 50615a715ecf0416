package io.bilitw;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bilitw.config.ConfigException;
import io.bilitw.config.ConfigFile;
import io.bilitw.control.ProcessLog;
import io.bilitw.master.Master;
import io.bilitw.os.OsException;
import io.bilitw.os.Signals;
import io.bilitw.worker.WarmUp;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * {@code bilitw train}, which the build runs to make the AOT cache: starts and stops a worker under
 * a load and then a master, in this one process, so that the JVM that watches it learns which
 * classes both need; and looks at figures as an operator does.
 */
final class Training {

    /** Enough to say all that the warm-up has to say several times. */
    private static final int REQUESTS = 5_000;

    /** A document of a stats port, with a thing of each kind. */
    private static final String FIGURES =
            """
            {"service":"bilitw", "source":"here", "version":"1", "uptime":1, "curr_connections":1, \
            "reloads":0, "worker_restarts":0, "workers":[{"index":0, "pid":1, "state":"serving", \
            "uptime":1, "heartbeat_age_ms":1, "client_connections":1}], "alpha":{"requests_get":1, \
            "latency_count":1, "latency_p99_us":1234, "a":{"requests":1234, "request_bytes":1234, \
            "ejected":0, "get_hits":1, "get_misses":2, "latency_count":1, "latency_p99_us":9}}}
            """;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Training() {}

    /**
     * Runs it. Its files lie in a directory of their own, which is gone at the end.
     *
     * @param launcher the program that the master starts its worker with
     * @throws IOException if that fails, so that no cache is made of it
     */
    static void run(String launcher) throws IOException {
        Thread.ofPlatform().daemon().start(Training::endAtLimit);
        Path directory = Files.createTempDirectory("bilitw-train-");
        try {
            Path file = directory.resolve("bilitw.yml");
            Files.writeString(file, configuration(directory));
            Options options =
                    Options.parse(
                            "-c", file.toString(),
                            "-o", directory.resolve("bilitw.log").toString(),
                            "-p", directory.resolve("bilitw.pid").toString());
            try (Logging log = Logging.start("", options.verbosity(), options.logFile())) {
                WarmUp.run(Version.CURRENT, log, directory, REQUESTS);
                startAndStop(launcher, options, log);
            }
            look();
        } catch (OptionException | ConfigException e) {
            throw new IOException(e);
        } finally {
            clear(directory);
        }
    }

    private static String configuration(Path directory) {
        return """
        redis:
          listen: %1$s/redis.sock
          redis: true
          hash_tag: "{}"
          servers:
           - 127.0.0.1:1:1 a
           - 127.0.0.1:1:1 b
        memcached:
          listen: %1$s/memcached.sock
          servers:
           - 127.0.0.1:1:1
        """
                .formatted(directory);
    }

    private static void startAndStop(String launcher, Options options, ProcessLog log)
            throws IOException, ConfigException {
        Processes one = Processes.choose(OptionalInt.of(1), options.coreMask());
        ConfigFile file = ConfigFile.load(options.configFile());
        Master.run(
                Bilitw.settings(options, one, launcher, options.logFile(), false),
                file,
                log,
                Training::stop);
    }

    /** Has both commands show figures, which a stats port of this one's own gives out. */
    private static void look() throws IOException {
        try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> giveFigures(port));
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
            String number = Integer.toString(port.getLocalPort());
            for (String[] words :
                    List.of(
                            new String[] {"stats", "-s", number},
                            new String[] {"top", "-s", number, "-n", "2", "-i", "100"})) {
                if (!TerminalCommand.run(words, nowhere, System.err)) {
                    throw new IOException("figures were not shown by " + words[0]);
                }
            }
        }
    }

    private static void giveFigures(ServerSocket port) {
        try {
            while (true) {
                try (Socket socket = port.accept()) {
                    socket.getOutputStream().write(FIGURES.getBytes(UTF_8));
                }
            }
        } catch (IOException _) {
            // The port is closed: all figures have been given out.
        }
    }

    private static void stop() {
        try {
            Signals.raise(Signals.TERM);
        } catch (OsException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void endAtLimit() {
        try {
            Thread.sleep(LIMIT);
            System.err.println("bilitw: training took more than " + LIMIT.toSeconds() + " s");
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void clear(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
