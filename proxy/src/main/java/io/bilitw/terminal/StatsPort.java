package io.bilitw.terminal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;

/**
 * The stats port of a running instance.
 *
 * @param host its address or name
 * @param port its number
 */
public record StatsPort(String host, int port) {

    private static final int LIMIT_MILLIS = 5_000;

    /** An instance that listens everywhere is asked here. */
    public StatsPort {
        if (host.equals("0.0.0.0")) {
            host = "127.0.0.1";
        } else if (host.equals("::")) {
            host = "::1";
        }
    }

    /**
     * Asks for the figures.
     *
     * @throws IOException with a sentence for the operator, if they do not come
     */
    public Sample read() throws IOException {
        Optional<Sample> sample;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), LIMIT_MILLIS);
            socket.setSoTimeout(LIMIT_MILLIS);
            sample = SampleReader.read(socket.getInputStream());
        } catch (IOException e) {
            throw noAnswer(e);
        } catch (JacksonIOException e) {
            throw noAnswer(e.getCause());
        } catch (JacksonException e) {
            throw new IOException(isNone("what it gives out is not JSON"), e);
        }
        return sample.orElseThrow(() -> new IOException(isNone("it gives out no figures")));
    }

    private IOException noAnswer(@Nullable IOException reason) {
        String why =
                switch (reason) {
                    case null -> "the connection broke";
                    case UnknownHostException _ -> "no such host";
                    case SocketTimeoutException _ ->
                            "it said nothing for " + LIMIT_MILLIS / 1000 + " s";
                    default -> String.valueOf(reason.getMessage());
                };
        return new IOException("no stats port answers at " + this + ": " + why + hint(), reason);
    }

    private String isNone(String why) {
        return "the port at " + this + " is no stats port: " + why + hint();
    }

    private static String hint() {
        return " (options -a and -s say where it is)";
    }

    /** The address as one writes it. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
