package io.bilitw.bench.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.bench.process.Children;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A connection to the proxy: collects what is to be sent, and reads lines and bytes. */
final class Wire implements AutoCloseable {

    private static final int ANSWER_MILLIS = 10_000;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int PIECE_BYTES = 32 * 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;

    private final Socket socket = new Socket();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final InputStream in;
    private long pauseMillis;

    /** Connects to a port of 127.0.0.1. */
    Wire(int port) throws IOException {
        try {
            socket.connect(Children.loopback(port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(new Pausing(socket.getInputStream()), BUFFER_BYTES);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Adds text to what is to be sent. */
    void add(String text) {
        out.writeBytes(text.getBytes(US_ASCII));
    }

    /** Adds bytes to what is to be sent. */
    void add(byte[] bytes) {
        out.writeBytes(bytes);
    }

    /** Sends what was added. */
    void send() throws IOException {
        out.writeTo(socket.getOutputStream());
        out.reset();
    }

    /** Sends only the first half of what was added. */
    void sendHalf() throws IOException {
        socket.getOutputStream().write(out.toByteArray(), 0, out.size() / 2);
        out.reset();
    }

    /** Reads a line, which it returns without its end. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = read(); next != '\n'; next = read()) {
            line.append((char) next);
            if (line.length() > MAX_LINE_BYTES) {
                throw new IOException("a line without an end");
            }
        }
        line.setLength(Math.max(0, line.length() - 1));
        return line.toString();
    }

    private int read() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the connection was closed");
        }
        return next;
    }

    /** Reads so many bytes and the end of a line behind them. */
    byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the connection was closed");
        }
        if (!line().isEmpty()) {
            throw new IOException("no end of line behind a value");
        }
        return bytes;
    }

    /** Throws away so many bytes that come. */
    void skip(int count) throws IOException {
        in.skipNBytes(count);
    }

    /** Has each reading of at most {@link #PIECE_BYTES} wait before. */
    void slowDown(long millis) {
        pauseMillis = millis;
    }

    /** Has {@link #close} throw away what is under way in both directions. */
    void leaveAtOnce() throws IOException {
        socket.setSoLinger(true, 0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** What comes from the socket, as slowly as it shall be read. */
    private final class Pausing extends FilterInputStream {

        private Pausing(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            if (pauseMillis > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
            }
            return super.read(bytes, from, Math.min(count, PIECE_BYTES));
        }
    }
}
