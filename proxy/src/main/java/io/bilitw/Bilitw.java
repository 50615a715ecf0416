package io.bilitw;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bilitw.config.ConfigException;
import io.bilitw.config.ConfigFile;
import io.bilitw.config.PoolConfig;
import io.bilitw.config.Problem;
import io.bilitw.master.Master;
import io.bilitw.master.MasterSettings;
import io.bilitw.os.CommandLineBytes;
import io.bilitw.worker.WorkerProcess;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program: reads its options and its configuration, and becomes the master, which is told when
 * to end. The master starts the same program again for each worker, with the hidden word {@code
 * worker} before its number.
 *
 * <p>All it says goes to stderr, but the answers of {@link WhereCommand} and {@link DiffCommand} to
 * stdout. It ends with 0 when it did what it was asked to, which includes ending on a signal, and
 * with 1 otherwise.
 */
public final class Bilitw {

    private static final int OK = 0;
    private static final int FAILED = 1;

    private static final String WORKER = "worker";

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private boolean isDaemon;

    Bilitw(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Runs the program and ends the process. */
    public static void main(String[] arguments) {
        openAllJars();
        PrintStream out =
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
                        false,
                        UTF_8);
        int exitCode = new Bilitw(System.in, out, System.err).run(arguments);
        out.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    /**
     * Looks for what is not there, so that every jar is opened now: classes that are needed later
     * come from these files, even if they are replaced by those of another version meanwhile.
     */
    private static void openAllJars() {
        if (ClassLoader.getSystemResource("io/bilitw/nowhere") != null) {
            throw new IllegalStateException("io/bilitw/nowhere is somewhere");
        }
    }

    /** Runs the program and returns its exit code. */
    int run(String... arguments) {
        if (arguments.length == 2 && arguments[0].equals(WORKER)) {
            return work(Integer.parseInt(arguments[1]));
        }
        Command command = Command.of(arguments);
        if (command == Command.TRAIN) {
            return train(arguments.length - 1);
        }
        if (arguments.length > 0 && TerminalCommand.WORDS.contains(arguments[0])) {
            return TerminalCommand.run(arguments, out, err) ? OK : FAILED;
        }
        isDaemon = arguments.length > 0 && arguments[0].equals(Daemon.WORD);
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (OptionException e) {
            say(String.valueOf(e.getMessage()));
            err.print(Usage.help());
            return FAILED;
        }
        if (options.showsVersion() || options.showsHelp() || options.describesStats()) {
            err.print(
                    Usage.version()
                            + (options.showsHelp() ? Usage.help() : "")
                            + (options.describesStats() ? Usage.stats() : ""));
            return OK;
        }
        if (command != null) {
            return obey(command, options, arguments);
        }
        return options.testsConfig() ? test(options) : start(options, arguments);
    }

    private int obey(Command command, Options options, String... arguments) {
        try {
            List<Integer> words = options.strays().subList(1, options.strays().size());
            return switch (command) {
                case RELOAD -> ReloadCommand.run(options.pidFile(), err) ? OK : FAILED;
                case WHERE -> {
                    List<byte[]> bytes = CommandLineBytes.of(arguments);
                    yield where(options, words.stream().map(bytes::get).toList());
                }
                case DIFF -> diff(words.stream().map(word -> Path.of(arguments[word])).toList());
                case TRAIN -> train(words.size());
            };
        } catch (IOException e) {
            say(String.valueOf(e.getMessage()));
            return FAILED;
        }
    }

    private int where(Options options, List<byte[]> keys) throws IOException {
        ConfigFile file = load(options.configFile());
        if (file == null) {
            return FAILED;
        }
        WhereCommand.run(choose(file.config().pools(), options), keys, in, out);
        return OK;
    }

    /** The pool that is asked for, or all if none is. */
    private static List<PoolConfig> choose(List<PoolConfig> pools, Options options)
            throws IOException {
        String name = options.pool();
        List<PoolConfig> chosen =
                pools.stream().filter(pool -> name == null || pool.name().equals(name)).toList();
        if (chosen.isEmpty()) {
            String names = pools.stream().map(PoolConfig::name).collect(Collectors.joining(", "));
            throw new IOException(
                    "option -p names pool '%s', which '%s' does not have (expected: %s)"
                            .formatted(
                                    name,
                                    options.configFile(),
                                    names.replaceFirst(", ([^,]*)$", " or $1")));
        }
        return chosen;
    }

    /** Looks at both files before it gives up for the faults of one. */
    private int diff(List<Path> files) throws IOException {
        if (files.size() != 2) {
            throw new IOException(
                    "diff needs two files, OLD and NEW (found: " + files.size() + ")");
        }
        ConfigFile before = load(files.getFirst());
        ConfigFile after = load(files.getLast());
        if (before == null || after == null) {
            return FAILED;
        }
        DiffCommand.run(before.config(), after.config(), out);
        if (out.checkError()) {
            throw new IOException("diff cannot write to stdout");
        }
        return OK;
    }

    /** Checks the configuration and says what is wrong with it, or that nothing is. */
    private int test(Options options) {
        if (load(options.configFile()) == null) {
            return FAILED;
        }
        say("configuration file '" + options.configFile() + "' syntax is ok");
        return OK;
    }

    /** Loads a file and says what is to be said about it; null if it cannot be used. */
    private @Nullable ConfigFile load(Path name) {
        try {
            ConfigFile file = ConfigFile.load(name);
            file.warnings().forEach(err::println);
            return file;
        } catch (ConfigException e) {
            refuse(name, e);
            return null;
        }
    }

    private int refuse(Path name, ConfigException fault) {
        fault.problems().forEach(err::println);
        say("configuration file '" + name + "' syntax is invalid");
        return FAILED;
    }

    private int start(Options options, String... arguments) {
        try {
            Processes processes = Processes.choose(options.workers(), options.coreMask());
            ConfigFile file = ConfigFile.load(options.configFile());
            if (options.daemonizes() && !isDaemon) {
                return Daemon.start(launcher(), arguments, err) ? OK : FAILED;
            }
            Path logFile = options.logFile();
            if (logFile == null && isDaemon) {
                logFile = Daemon.nowhere();
            }
            try (Logging logging = Logging.start("", options.verbosity(), logFile)) {
                return serve(
                        settings(options, processes, launcher(), logFile, true), file, logging);
            }
        } catch (ConfigException e) {
            return refuse(options.configFile(), e);
        } catch (IOException e) {
            say(String.valueOf(e.getMessage()));
            return FAILED;
        }
    }

    /** What the master is to do; whether it {@code givesFigures} to those who ask at its ports. */
    static MasterSettings settings(
            Options options,
            Processes processes,
            String launcher,
            @Nullable Path logFile,
            boolean givesFigures) {
        return new MasterSettings(
                launcher,
                options.configFile(),
                processes.workers(),
                processes.processors(),
                options.bufferBytes(),
                options.verbosity(),
                logFile,
                options.pidFile(),
                System.getenv("NOTIFY_SOCKET"),
                givesFigures
                        ? new InetSocketAddress(options.statsAddress(), options.statsPort())
                        : null,
                options.wantsHttp(),
                givesFigures && options.httpPort() != 0
                        ? new InetSocketAddress(options.httpAddress(), options.httpPort())
                        : null,
                Version.CURRENT);
    }

    /** The program that workers are started with. */
    private static String launcher() throws IOException {
        String launcher = System.getProperty("bilitw.launcher");
        if (launcher == null) {
            throw new IOException("start the program by bin/bilitw, which the workers need too");
        }
        return launcher;
    }

    /** Runs the master. The log is closed last, as what happens at the end is worth a line too. */
    private int serve(MasterSettings settings, ConfigFile file, Logging logging) {
        Logger log = LoggerFactory.getLogger(Logging.ALWAYS);
        log.info(
                "bilitw-{} started on pid {} with {}, {} workers on {} and Java {}",
                Version.CURRENT,
                ProcessHandle.current().pid(),
                settings.configFile(),
                settings.workers(),
                settings.processors().isEmpty()
                        ? "any processors"
                        : "processors " + settings.processors(),
                Runtime.version());
        for (Problem warning : file.warnings()) {
            log.warn("{}", warning);
        }
        try {
            Master.run(settings, file, logging, isDaemon ? Daemon::serves : () -> {});
        } catch (IOException e) {
            log.error("{}", e.getMessage());
            if (settings.logFile() != null) {
                say(String.valueOf(e.getMessage()));
            }
            return FAILED;
        }
        log.info("done");
        return OK;
    }

    /** Runs worker number {@code index}, whose stderr is the log. */
    private int work(int index) {
        try (Logging logging = Logging.start("worker" + index + "/", 0, null)) {
            return WorkerProcess.run(index, Version.CURRENT, logging);
        } catch (IOException e) {
            say("worker " + index + ": " + e.getMessage());
            return FAILED;
        }
    }

    /** Does what a cache of classes for later starts is to be made of. */
    private int train(int moreWords) {
        if (moreWords > 0) {
            say("train stands alone (found: " + moreWords + " more words)");
            return FAILED;
        }
        try {
            Training.run(launcher());
            return OK;
        } catch (IOException e) {
            say("training failed: " + e.getMessage());
            return FAILED;
        }
    }

    private void say(String sentence) {
        err.println("bilitw: " + sentence);
    }
}
