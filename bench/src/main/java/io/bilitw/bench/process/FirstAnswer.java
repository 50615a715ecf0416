package io.bilitw.bench.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.bench.load.LoadProtocol;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The moment from which on a server, or a proxy and the server behind it, can be measured. */
public final class FirstAnswer {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int ANSWER_MILLIS = 1000;
    private static final int PATIENCE_SECONDS = 60;

    private FirstAnswer() {}

    /**
     * Waits until a request is answered on a port of 127.0.0.1.
     *
     * @param process the child that shall answer
     * @throws BenchException when it ends before, or takes far too long
     */
    public static void await(Children children, LoadProtocol protocol, int port, Process process)
            throws IOException, BenchException {
        long startNanos = System.nanoTime();
        while (!answers(protocol, port)) {
            LockSupport.parkNanos(LOOK_NANOS);
            long nanos = System.nanoTime() - startNanos;
            if (!process.isAlive() || nanos > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new BenchException(
                        "A process gives no answer on port %d; all of them have said:%n%s"
                                .formatted(port, Files.readString(children.output())));
            }
        }
    }

    private static boolean answers(LoadProtocol protocol, int port) {
        String request =
                protocol == LoadProtocol.REDIS
                        ? "*2\r\n$3\r\nGET\r\n$7\r\nnothing\r\n"
                        : "get nothing\r\n";
        String response = protocol == LoadProtocol.REDIS ? "$-1\r\n" : "END\r\n";
        try (Socket socket = new Socket()) {
            socket.connect(Children.loopback(port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(response.length());
            return new String(answer, US_ASCII).equals(response);
        } catch (IOException e) {
            return false;
        }
    }
}
