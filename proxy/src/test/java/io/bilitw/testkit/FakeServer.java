package io.bilitw.testkit;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A server that does what a script says instead of what redis or memcached would: says nothing,
 * half a response, garbage, resets.
 *
 * <p>The script runs once a connection, on a thread of its own; when it ends, the connection is
 * closed in an orderly way.
 */
public final class FakeServer implements Closeable {

    /** What to do with one connection. */
    @FunctionalInterface
    public interface Script {

        /** Plays one connection; ends quietly when the peer has gone. */
        void play(Connection connection) throws IOException;
    }

    private static final Set<String> WITH_VALUE =
            Set.of("set", "add", "replace", "append", "prepend", "cas");

    private final ServerSocket listener;
    private final Script script;
    private final Queue<List<String>> requests = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> sockets = new ConcurrentLinkedDeque<>();

    private FakeServer(Script script) {
        this.script = script;
        try {
            listener = new ServerSocket(FreePorts.next(), 128, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::acceptAll);
    }

    /** Starts a server that plays {@code script} on each connection. */
    public static FakeServer playing(Script script) {
        return new FakeServer(script);
    }

    /** Starts a server that reads everything and never answers. */
    public static FakeServer silent() {
        return playing(FakeServer::swallow);
    }

    /** Starts a server that answers each request with these bytes. */
    public static FakeServer answering(String response) {
        return playing(connection -> {
            while (true) {
                connection.readRequest();
                connection.write(response);
            }
        });
    }

    private static void swallow(Connection connection) throws IOException {
        while (true) {
            connection.readRequest();
        }
    }

    /** The address as a configuration writes it. */
    public String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** The requests received so far, over all connections. */
    public List<List<String>> requests() {
        return List.copyOf(requests);
    }

    /** How many connections have been accepted so far. */
    public int connectionCount() {
        return sockets.size();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread.ofVirtual().start(() -> play(socket));
            }
        } catch (IOException _) {
            // The listener was closed: the test is over.
        }
    }

    private void play(Socket socket) {
        try (socket) {
            script.play(new Connection(socket));
        } catch (IOException _) {
            // The peer has gone, which ends the script.
        }
    }

    /** One accepted connection, as a script sees it. */
    public final class Connection {

        private final Socket socket;
        private final InputStream in;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            in = new BufferedInputStream(socket.getInputStream());
        }

        /**
         * Reads one whole request, of redis or of memcached, and returns its arguments; throws when
         * the peer has gone.
         *
         * <p>Those of memcached are the words of the line, and behind them the data block, if there
         * is one.
         */
        public List<String> readRequest() throws IOException {
            String line = readLine();
            List<String> arguments = line.startsWith("*") ? readRedis(line) : readMemcache(line);
            requests.add(arguments);
            return arguments;
        }

        private List<String> readRedis(String line) throws IOException {
            int count = Integer.parseInt(line.substring(1));
            var arguments = new ArrayList<String>(count);
            for (int i = 0; i < count; i++) {
                arguments.add(readData(readLine().substring(1)));
            }
            return arguments;
        }

        private List<String> readMemcache(String line) throws IOException {
            var arguments = new ArrayList<>(List.of(line.split(" ", -1)));
            if (WITH_VALUE.contains(arguments.getFirst())) {
                arguments.add(readData(arguments.get(4)));
            } else if (arguments.getFirst().equals("ms")) {
                arguments.add(readData(arguments.get(2)));
            }
            return arguments;
        }

        private String readData(String bytes) throws IOException {
            String data = Resp.text(in.readNBytes(Integer.parseInt(bytes)));
            readLine();
            return data;
        }

        /** Writes these bytes at once. */
        public void write(String text) throws IOException {
            socket.getOutputStream().write(Resp.bytes(text));
        }

        /** Writes these bytes one by one, each in a segment of its own. */
        public void writeByteByByte(String text) throws IOException {
            for (byte b : Resp.bytes(text)) {
                socket.getOutputStream().write(b);
            }
        }

        /** Closes with a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        private String readLine() throws IOException {
            var line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new IOException("end of stream");
                }
                line.append((char) b);
            }
            return line.substring(0, line.length() - 1);
        }
    }
}
