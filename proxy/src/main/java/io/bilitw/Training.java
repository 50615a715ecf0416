package io.bilitw;

import io.bilitw.config.ConfigException;
import io.bilitw.config.ConfigFile;
import io.bilitw.worker.WarmUp;
import io.bilitw.worker.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code bilitw train}, which the build runs to make the AOT cache and which no user needs: starts
 * and stops a worker as {@link Bilitw} does, then gives the data path a load, so that the JVM that
 * watches it learns which classes are needed.
 */
final class Training {

    /** The word that asks for it, instead of options. */
    static final String WORD = "train";

    /** Enough to say all that the warm-up has to say several times. */
    private static final int REQUESTS = 5_000;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Training() {}

    /**
     * Runs it. Its files lie in a directory of their own, which is gone at the end.
     *
     * @throws IOException if that fails, so that no cache is made of it
     */
    static void run() throws IOException {
        Path directory = Files.createTempDirectory("bilitw-train-");
        Path file = directory.resolve("bilitw.yml");
        Path log = directory.resolve("bilitw.log");
        try {
            Files.writeString(file, configuration(directory));
            startAndStop(Options.parse("-c", file.toString(), "-o", log.toString()));
            WarmUp.run(Version.CURRENT, REQUESTS, LIMIT);
        } catch (OptionException | ConfigException e) {
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(log);
            Files.delete(directory);
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

    private static void startAndStop(Options options) throws IOException, ConfigException {
        ConfigFile file = ConfigFile.load(options.configFile());
        try (Logging _ = Logging.start(options.verbosity(), options.logFile())) {
            Worker.start(file.config(), options.bufferBytes(), Version.CURRENT).stop();
        }
    }
}
