package io.bilitw.master;

import io.bilitw.config.GlobalConfig;
import io.bilitw.os.Account;
import io.bilitw.os.OsException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the master may do: all that the one may do who has started it, until it becomes the {@code
 * user} of the configuration. Workers are started by it, so they are that user's from their first
 * moment. Confined to the master's thread.
 */
final class Privileges {

    private static final Logger log = LoggerFactory.getLogger("master");

    private final @Nullable String wanted;

    /** Who is to be become, or null if that is the one who has started the program. */
    private final @Nullable Account successor;

    private Privileges(@Nullable String wanted, @Nullable Account successor) {
        this.wanted = wanted;
        this.successor = successor;
    }

    /**
     * Looks who is wanted.
     *
     * @throws IOException with a sentence for the operator, if this process cannot become that user
     */
    static Privileges of(GlobalConfig config) throws IOException {
        String name = config.user();
        if (name == null) {
            return new Privileges(null, null);
        }
        Account account = Account.named(name);
        if (account.isOurs()) {
            return new Privileges(name, null);
        }
        if (!Account.isRoot()) {
            throw new IOException(
                    "cannot become user '"
                            + name
                            + "' (key user of the block global): only root can; start the program"
                            + " as root or as that user");
        }
        return new Privileges(name, account);
    }

    /**
     * Becomes the user that is wanted, for good, and leaves him what he needs later: the log, to
     * reopen it, and what is to be removed at the end.
     *
     * @throws IOException with a sentence for the operator
     */
    void giveUp(MasterSettings settings, MasterFiles files) throws IOException {
        Account account = successor;
        if (account == null) {
            return;
        }
        try {
            Path logFile = settings.logFile();
            if (logFile != null && Files.isRegularFile(logFile, LinkOption.NOFOLLOW_LINKS)) {
                account.own(logFile);
            }
            files.handTo(account);
            account.become();
        } catch (OsException e) {
            throw new IOException(
                    "cannot become user '" + account.name() + "': " + e.getMessage(), e);
        }
        if (!Files.isExecutable(Path.of(settings.launcher()))) {
            throw new IOException(
                    "user '%s' may not run '%s', which the workers are started with"
                            .formatted(account.name(), settings.launcher()));
        }
        log.info("all processes are user '{}' now", account.name());
        if (!Files.isReadable(settings.configFile())) {
            log.warn(
                    "user '{}' may not read '{}': a reload will fail",
                    account.name(),
                    settings.configFile());
        }
    }

    /**
     * Looks whether another configuration can follow without a restart.
     *
     * @throws IOException with a sentence for the operator, if it cannot
     */
    void check(GlobalConfig next) throws IOException {
        String name = next.user();
        if (!Objects.equals(name, wanted) && (name == null || !Account.named(name).isOurs())) {
            throw new IOException("another user (key user of the block global) needs a restart");
        }
    }

    /** Why something failed in a reload, and what root has to do with it. */
    String explain(IOException failure) {
        Account account = successor;
        String reason = String.valueOf(failure.getMessage());
        if (account == null || !isDenied(failure.getCause())) {
            return reason;
        }
        return reason + "; user '" + account.name() + "' may not, but a restart as root can";
    }

    private static boolean isDenied(@Nullable Throwable cause) {
        return cause instanceof AccessDeniedException
                || (cause instanceof OsException call && call.isPermissionDenied());
    }
}
