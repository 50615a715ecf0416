package io.bilitw;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.bilitw.master.ReloadPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code bilitw reload -p FILE}: asks the running instance to reload, and says how it goes. */
final class ReloadCommand {

    private ReloadCommand() {}

    /**
     * Asks the instance that has this pid file, and prints what will change and what happens until
     * the reload is over.
     *
     * @return whether the new configuration is in force
     * @throws IOException with a sentence for the operator, if there is nobody to ask
     */
    static boolean run(@Nullable Path pidFile, PrintStream out) throws IOException {
        if (pidFile == null) {
            throw new IOException("reload needs option -p, the pid file of the running instance");
        }
        String last = "";
        try (SocketChannel socket =
                        SocketChannel.open(UnixDomainSocketAddress.of(ReloadPort.beside(pidFile)));
                BufferedReader lines = new BufferedReader(Channels.newReader(socket, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(line);
                last = line;
            }
        } catch (IOException e) {
            throw new IOException(
                    "no running instance answers for pid file '"
                            + pidFile
                            + "'"
                            + (Files.exists(pidFile)
                                    ? " (process id " + Files.readString(pidFile, US_ASCII) + ")"
                                    : ", which does not exist")
                            + ": "
                            + e.getMessage(),
                    e);
        }
        return last.equals(ReloadPort.DONE);
    }
}
