package io.bilitw;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bilitw.os.ChildProcess;
import io.bilitw.os.Descriptors;
import io.bilitw.os.MessageSocket;
import io.bilitw.os.OsException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the program in the background: a process of its own session, which writes to the stderr of
 * the one that started it until it serves, so a failed start is told to who has asked for it.
 */
final class Daemon {

    /** The hidden first word of the command line of the background process. */
    static final String WORD = "daemon";

    private static final Path NOWHERE = Path.of("/dev/null");
    private static final int STDERR = 2;
    private static final byte[] SERVES = {0};

    private Daemon() {}

    /**
     * Starts the program in the background with the same options, and waits until it serves or has
     * given up.
     *
     * @return whether it serves
     */
    static boolean start(String launcher, String[] options, PrintStream err) throws OsException {
        List<String> arguments = new ArrayList<>(List.of(launcher, WORD));
        arguments.addAll(List.of(options));
        List<MessageSocket> ends = MessageSocket.pair();
        try (MessageSocket ours = ends.getFirst()) {
            try (MessageSocket theirs = ends.getLast()) {
                int nowhere = Descriptors.openForAppend(NOWHERE, 0);
                ChildProcess.start(
                        launcher,
                        arguments,
                        System.getenv(),
                        List.of(nowhere, nowhere, theirs.descriptor()),
                        true);
                Descriptors.close(nowhere);
            }
            for (MessageSocket.Received received = ours.receive();
                    received != null;
                    received = ours.receive()) {
                if (received.bytes()[0] == SERVES[0]) {
                    return true;
                }
                err.print(new String(received.bytes(), UTF_8));
            }
            return false;
        }
    }

    /** Tells the process in the foreground that this one serves, and is silent from now on. */
    static void serves() {
        try {
            if (!new MessageSocket(STDERR).trySend(SERVES, MessageSocket.NO_DESCRIPTOR)) {
                return; // nobody reads
            }
            int nowhere = Descriptors.openForAppend(NOWHERE, 0);
            Descriptors.replace(nowhere, STDERR);
            Descriptors.close(nowhere);
        } catch (OsException _) {
            // The process in the foreground has gone, so nobody wants to know.
        }
    }

    /** Where a process in the background logs that was not told where. */
    static Path nowhere() {
        return NOWHERE;
    }
}
