package io.bilitw;

import io.bilitw.config.ConfigException;
import io.bilitw.config.ConfigFile;
import io.bilitw.config.Problem;
import io.bilitw.worker.Worker;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program: reads its options and its configuration, and runs a worker until it is told to end.
 *
 * <p>All it says goes to stderr. It ends with 0 when it did what it was asked to, which includes
 * ending on a signal, and with 1 otherwise.
 */
public final class Bilitw {

    private static final int OK = 0;
    private static final int FAILED = 1;

    private final PrintStream err;

    Bilitw(PrintStream err) {
        this.err = err;
    }

    /** Runs the program and ends the process. */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(new Bilitw(System.err).run(arguments));
    }

    /** Runs the program and returns its exit code. */
    int run(String... arguments) throws InterruptedException {
        if (arguments.length == 1 && arguments[0].equals(Training.WORD)) {
            return train();
        }
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (OptionException e) {
            say(String.valueOf(e.getMessage()));
            err.print(Usage.help());
            return FAILED;
        }
        Option unavailable = options.unavailable();
        if (options.showsVersion() || options.showsHelp()) {
            err.print(Usage.version() + (options.showsHelp() ? Usage.help() : ""));
            return OK;
        }
        if (unavailable != null) {
            say(
                    "option "
                            + unavailable.shortForm()
                            + " ("
                            + unavailable.longForm()
                            + ") is not available yet");
            return FAILED;
        }
        return options.testsConfig() ? test(options) : start(options);
    }

    private int train() {
        try {
            Training.run();
            return OK;
        } catch (IOException e) {
            say("training failed: " + e.getMessage());
            return FAILED;
        }
    }

    /** Checks the configuration and says what is wrong with it, or that nothing is. */
    private int test(Options options) {
        try {
            ConfigFile file = ConfigFile.load(options.configFile());
            file.warnings().forEach(err::println);
            say("configuration file '" + options.configFile() + "' syntax is ok");
            return OK;
        } catch (ConfigException e) {
            return refuse(options, e);
        }
    }

    private int refuse(Options options, ConfigException fault) {
        fault.problems().forEach(err::println);
        say("configuration file '" + options.configFile() + "' syntax is invalid");
        return FAILED;
    }

    private int start(Options options) throws InterruptedException {
        try {
            ConfigFile file = ConfigFile.load(options.configFile());
            Logging logging = Logging.start(options.verbosity(), options.logFile());
            return serve(options, file, logging);
        } catch (ConfigException e) {
            return refuse(options, e);
        } catch (IOException e) {
            say(String.valueOf(e.getMessage()));
            return FAILED;
        }
    }

    /**
     * Runs a worker. The log is closed by the hook, since what happens while the process ends is
     * worth a line too.
     */
    private int serve(Options options, ConfigFile file, Logging logging)
            throws InterruptedException {
        Logger log = LoggerFactory.getLogger(Logging.ALWAYS);
        log.info(
                "bilitw-{} started on pid {} with {} and Java {}",
                Version.CURRENT,
                ProcessHandle.current().pid(),
                options.configFile(),
                Runtime.version());
        for (Problem warning : file.warnings()) {
            log.warn("{}", warning);
        }
        Worker worker;
        try {
            worker = Worker.start(file.config(), options.bufferBytes(), Version.CURRENT);
        } catch (IOException e) {
            log.error("{}", e.getMessage());
            logging.close();
            if (options.logFile() != null) {
                say(String.valueOf(e.getMessage()));
            }
            return FAILED;
        }
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> end(worker, log, logging), "shutdown"));
        new CountDownLatch(1).await(); // the hook ends the process
        return OK;
    }

    /**
     * Ends the process on a signal with 0; by itself the JVM would end it with 128 and the signal's
     * number.
     */
    private static void end(Worker worker, Logger log, Logging logging) {
        worker.stop();
        log.info("done");
        logging.close();
        Runtime.getRuntime().halt(OK);
    }

    private void say(String sentence) {
        err.println("bilitw: " + sentence);
    }
}
