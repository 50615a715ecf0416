package io.bilitw.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server of the {@link WarmUp}, with a thread for each connection: forgets what it is told to
 * keep, and understands no more than what {@link WarmUpScript} says.
 */
final class WarmUpServer implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServerSocket listener;
    private final boolean redis;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    private WarmUpServer(ServerSocket listener, boolean redis) {
        this.listener = listener;
        this.redis = redis;
    }

    /** Starts a server on a free port. */
    static WarmUpServer start(boolean redis) throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        WarmUpServer server = new WarmUpServer(listener, redis);
        server.begin(server::accept);
        return server;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void begin(Runnable task) {
        threads.add(Thread.ofPlatform().daemon().name("warm-up-server").start(task));
    }

    /** Ends, after its peers have closed their connections, and waits for the end. */
    @Override
    public void close() throws IOException {
        listener.close();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                begin(() -> serve(socket, redis));
            }
        } catch (IOException _) {
            // it is closed, and nobody else will come
        }
    }

    private static void serve(Socket accepted, boolean redis) {
        try (Socket socket = accepted) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(WarmUp.TIMEOUT_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
            while (true) {
                out.write((redis ? answerRedis(in) : answerMemcache(in)).getBytes(ISO_8859_1));
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException _) {
            // the peer has closed, as it does at the end, or its request will miss its answer
        }
    }

    private static String answerRedis(InputStream in) throws IOException {
        String[] words = new String[length(in)];
        for (int i = 0; i < words.length; i++) {
            words[i] = block(in, length(in));
        }
        StringBuilder answer = new StringBuilder();
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "GET" -> answer.append(WarmUpScript.bulk(words[1]));
            case "SET" -> answer.append("+OK\r\n");
            case "MGET" -> {
                answer.append('*').append(words.length - 1).append("\r\n");
                for (int i = 1; i < words.length; i++) {
                    answer.append(WarmUpScript.bulk(words[i]));
                }
            }
            default -> answer.append(':').append(words.length - 1).append("\r\n");
        }
        return answer.toString();
    }

    private static String answerMemcache(InputStream in) throws IOException {
        String[] words = line(in).split(" ", -1);
        if (words[0].equals("set")) {
            block(in, Integer.parseInt(words[words.length - 1]));
            return "STORED\r\n";
        }
        StringBuilder answer = new StringBuilder();
        for (int i = 1; i < words.length; i++) {
            answer.append(WarmUpScript.item(words[i]));
        }
        return answer.append("END\r\n").toString();
    }

    /** Reads a line and leaves out its end. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    /** Reads {@code bytes} bytes and the line end behind them. */
    private static String block(InputStream in, int bytes) throws IOException {
        String block = new String(in.readNBytes(bytes), ISO_8859_1);
        in.skipNBytes(2);
        return block;
    }

    /** Reads a line like {@code *3} or {@code $16}. */
    private static int length(InputStream in) throws IOException {
        return Integer.parseInt(line(in).substring(1));
    }
}
