package io.bilitw.protocol.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real redis-server on a unix socket of its own, and one connection to it. */
final class OneRedis {

    private final Process process;
    private final SocketChannel channel;
    private final DataInputStream in;

    private OneRedis(Process process, SocketChannel channel) {
        this.process = process;
        this.channel = channel;
        in = new DataInputStream(Channels.newInputStream(channel));
    }

    /** Starts the redis-server that is installed, with its files in {@code directory}. */
    static OneRedis start(Path directory) throws IOException {
        Path socket = directory.resolve("redis.sock");
        Process process =
                new ProcessBuilder("redis-server", "--port", "0", "--unixsocket", socket.toString())
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("redis.log").toFile())
                        .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> Files.exists(socket) || !process.isAlive());
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return new OneRedis(process, channel);
    }

    /** Asks with the words of {@code line}; gives a string, a long or a list. */
    Object ask(String line) throws IOException {
        channel.write(ByteBuffer.wrap((line + "\r\n").getBytes(ISO_8859_1)));
        Object value = readValue();
        if (value == null) {
            throw new IOException("null for " + line);
        }
        return value;
    }

    private @Nullable Object readValue() throws IOException {
        String head = readLine();
        String rest = head.substring(1);
        return switch (head.charAt(0)) {
            case '+', '-' -> rest;
            case ':' -> Long.valueOf(rest);
            case '$' -> rest.equals("-1") ? null : readBulk(Integer.parseInt(rest));
            case '*' -> readArray(Integer.parseInt(rest));
            default -> throw new IOException("not RESP2: " + head);
        };
    }

    private String readBulk(int bytes) throws IOException {
        String bulk = new String(in.readNBytes(bytes), ISO_8859_1);
        in.readNBytes(2);
        return bulk;
    }

    private List<@Nullable Object> readArray(int elements) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        for (int i = 0; i < elements; i++) {
            array.add(readValue());
        }
        return array;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
            line.append((char) b);
        }
        return line.substring(0, line.length() - 1);
    }

    /** Ends the server and waits until it is gone. */
    void stop() throws IOException, InterruptedException {
        channel.close();
        process.destroy();
        process.waitFor();
    }
}
