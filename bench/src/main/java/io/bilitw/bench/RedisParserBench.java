package io.bilitw.bench;

import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.ResponseParser;
import io.bilitw.protocol.redis.RedisProtocol;
import io.bilitw.protocol.redis.RedisSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of finding one redis message in a buffer, per message; target: 0 B/op (run with {@code -prof
 * gc}).
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class RedisParserBench {

    private static final String VALUE = "x".repeat(32);

    /** What is parsed: the request, and a response to it. */
    public enum Message {
        GET("*2\r\n$3\r\nGET\r\n$16\r\nkey:000000012345\r\n", "$32\r\n" + VALUE + "\r\n"),
        SET("*3\r\n$3\r\nSET\r\n$16\r\nkey:000000012345\r\n$32\r\n" + VALUE + "\r\n", "+OK\r\n"),
        MGET_10(
                "*11\r\n$4\r\nMGET\r\n" + "$16\r\nkey:000000012345\r\n".repeat(10),
                "*10\r\n" + ("$32\r\n" + VALUE + "\r\n").repeat(10)),
        EVAL(
                "*4\r\n$4\r\nEVAL\r\n$8\r\nreturn 1\r\n$1\r\n1\r\n$16\r\nkey:000000012345\r\n",
                ":1\r\n");

        private final String request;
        private final String response;

        Message(String request, String response) {
            this.request = request;
            this.response = response;
        }
    }

    /** The message. */
    @Param Message message;

    private final RedisProtocol protocol =
            new RedisProtocol(new RedisSettings("bench", null, 0, "0"));
    private final RequestParser requests = protocol.newDialogue(new BenchClient()).parser();
    private final ResponseParser responses = protocol.newResponseParser(0);
    private ByteBuf request = Unpooled.EMPTY_BUFFER;
    private ByteBuf response = Unpooled.EMPTY_BUFFER;

    /** Lays the bytes where the proxy has them, outside the heap. */
    @Setup
    public void fill() {
        request = BenchClient.direct(message.request);
        response = BenchClient.direct(message.response);
    }

    /** Frees them. */
    @TearDown
    public void free() {
        request.release();
        response.release();
    }

    /** Finds the request, its command and its keys. */
    @Benchmark
    public ParseStatus parseRequest() {
        return requests.parse(request);
    }

    /** Finds the end of the response. */
    @Benchmark
    public ParseStatus parseResponse() {
        return responses.parse(response);
    }
}
