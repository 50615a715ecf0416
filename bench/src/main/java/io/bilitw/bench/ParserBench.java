package io.bilitw.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.ResponseParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of finding one message in a buffer, per message; target: 0 B/op (run with {@code -prof gc}).
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public abstract class ParserBench {

    private final RequestParser requests;
    private final ResponseParser responses;
    private ByteBuf request = Unpooled.EMPTY_BUFFER;
    private ByteBuf response = Unpooled.EMPTY_BUFFER;

    ParserBench(Protocol protocol) {
        requests = protocol.newDialogue(new BenchClient()).parser();
        responses = protocol.newResponseParser(0);
    }

    /** The bytes of the request. */
    abstract String requestText();

    /** The bytes of a response to it. */
    abstract String responseText();

    /** Lays the bytes where the proxy has them, outside the heap. */
    @Setup
    public void fill() {
        request = Unpooled.directBuffer().writeBytes(requestText().getBytes(US_ASCII));
        response = Unpooled.directBuffer().writeBytes(responseText().getBytes(US_ASCII));
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
