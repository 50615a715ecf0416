package io.bilitw.admin;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The master's HTTP port. Each request has a virtual thread of its own, so one that reads slowly
 * keeps nobody waiting; it is cut after a while, and all of them together hold only so much memory.
 *
 * <p>First the port is only taken, so that the workers need not wait for the classes of a web
 * server; {@link #serve} loads them.
 */
public final class HttpPort implements AutoCloseable {

    /** The limits of the JDK's web server, in seconds, bytes or pieces, unless said. */
    private static final Map<String, String> LIMITS =
            Map.of(
                    "jdk.httpserver.maxConnections", "64",
                    "sun.net.httpserver.timerMillis", "5000", // how often it looks at the times
                    "sun.net.httpserver.maxReqTime", "5",
                    "sun.net.httpserver.maxRspTime", "10",
                    "sun.net.httpserver.maxReqHeaders", "100",
                    "sun.net.httpserver.maxReqHeaderSize", "16384",
                    "sun.net.httpserver.drainAmount", "0",
                    "sun.net.httpserver.nodelay", "true");

    private static final int BACKLOG = 64;

    private final InetSocketAddress address;
    private final ServerSocket taken;
    private @Nullable HttpServer server;
    private @Nullable History history;

    private HttpPort(InetSocketAddress address, ServerSocket taken) {
        this.address = address;
        this.taken = taken;
    }

    /**
     * Takes the port.
     *
     * @throws IOException with a sentence for the operator
     */
    public static HttpPort open(InetSocketAddress address) throws IOException {
        if (address.isUnresolved()) {
            throw new IOException(
                    "HTTP address '" + address.getHostString() + "' (--http-addr) is not known");
        }
        ServerSocket taken = new ServerSocket();
        try {
            taken.bind(address, BACKLOG);
        } catch (IOException e) {
            taken.close();
            throw refusal(address, e);
        }
        return new HttpPort(address, taken);
    }

    private static IOException refusal(InetSocketAddress address, IOException reason) {
        return new IOException(
                "cannot listen on HTTP port %s:%d (--http-addr, --http-port): %s"
                        .formatted(address.getHostString(), address.getPort(), reason.getMessage()),
                reason);
    }

    /**
     * Begins to answer what is asked about {@code master}.
     *
     * @throws IOException with a sentence for the operator
     */
    public void serve(MasterView master) throws IOException {
        LIMITS.forEach(System::setProperty);
        History samples = new History(master::snapshot, History.INTEREST);
        history = samples;
        taken.close();
        try {
            HttpServer http = HttpServer.create(address, BACKLOG);
            server = http;
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.createContext("/", new Responder(master, samples));
            http.start();
        } catch (IOException e) {
            throw refusal(address, e);
        }
    }

    @Override
    public void close() throws IOException {
        taken.close();
        HttpServer http = server;
        if (http != null) {
            http.stop(0);
        }
        History samples = history;
        if (samples != null) {
            samples.close();
        }
    }
}
