package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.ParseStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Holds both parsers against random input: whatever comes, they do not throw, move no index, do not
 * stand still, and find the same messages however the stream is cut.
 */
class MemcacheParserFuzzTest {

    private static final long BUDGET_NANOS = 400_000_000L;

    private static final String[] PIECES = {
        "get",
        "gets",
        "gat",
        "set",
        "cas",
        "add",
        "delete",
        "incr",
        "touch",
        "mg",
        "ms",
        "md",
        "ma",
        "me",
        "mn",
        "stats",
        "version",
        "flush_all",
        "noreply",
        " ",
        " ",
        " ",
        " ",
        "\r\n",
        "\r\n",
        "\r\n",
        "\n",
        "\r",
        "\0",
        "a",
        "key",
        "0",
        "0",
        "1",
        "3",
        "-1",
        "12",
        "99999999999",
        "x",
        "\u00ff",
        "b",
        "q",
        "v",
        "Zm9v",
        "VALUE",
        "VALUE a 0 3\r\nabc\r\n",
        "END\r\n",
        "VA 2\r\nhi\r\n",
        "HD",
        "EN",
        "STORED",
        "NOT_FOUND",
        "ERROR",
        "SERVER_ERROR",
        "VERSION",
        "HTTP/1.1"
    };

    private final long seed = Long.getLong("bilitw.fuzz.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @BeforeEach
    void printSeed(TestInfo test) {
        System.out.printf(
                "MemcacheParserFuzzTest %s seed %d (repeat with -Dbilitw.fuzz.seed=%d)%n",
                test.getDisplayName(), seed, seed);
    }

    @Test
    void findsTheSameRequestsHoweverTheStreamIsCut() {
        int streams = 0;
        for (long end = System.nanoTime() + BUDGET_NANOS; System.nanoTime() < end; streams++) {
            String stream = stream();
            List<String> whole = requests(List.of(stream));
            assertThat(requests(pieces(stream))).as("seed %d: %s", seed, stream).isEqualTo(whole);
        }
        assertThat(streams).isGreaterThan(100);
    }

    @Test
    void findsTheSameResponsesHoweverTheStreamIsCut() {
        int streams = 0;
        for (long end = System.nanoTime() + BUDGET_NANOS; System.nanoTime() < end; streams++) {
            String stream = stream();
            List<String> whole = responses(List.of(stream));
            assertThat(responses(pieces(stream))).as("seed %d: %s", seed, stream).isEqualTo(whole);
        }
        assertThat(streams).isGreaterThan(100);
    }

    private String stream() {
        StringBuilder stream = new StringBuilder();
        for (int i = random.nextInt(60); i >= 0; i--) {
            stream.append(PIECES[random.nextInt(PIECES.length)]);
            if (random.nextBoolean()) {
                stream.append(' ');
            }
        }
        return stream.toString();
    }

    private List<String> pieces(String stream) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < stream.length(); ) {
            int to = Math.min(stream.length(), at + 1 + random.nextInt(8));
            pieces.add(stream.substring(at, to));
            at = to;
        }
        return pieces;
    }

    /** What is found in a stream; pieces of a data block that nobody wants count together. */
    private static List<String> requests(List<String> pieces) {
        MemcacheRequestParser parser = new MemcacheRequestParser();
        return found(
                pieces,
                (in, found) -> {
                    int from = in.readerIndex();
                    ParseStatus status = parser.parse(in);
                    assertThat(in.readerIndex()).isEqualTo(from);
                    switch (status) {
                        case INVALID -> found.add("invalid " + parser.problem());
                        case NEED_MORE ->
                                assertThat(parser.expectedBytes())
                                        .isGreaterThan(in.readableBytes());
                        case COMPLETE -> {
                            int bytes = parser.consumedBytes();
                            assertThat(bytes).isBetween(1, in.readableBytes());
                            if (!parser.isUnwanted()) {
                                found.add(description(parser));
                            }
                            in.skipBytes(bytes);
                        }
                    }
                    return status;
                });
    }

    private static List<String> responses(List<String> pieces) {
        MemcacheResponseParser parser = new MemcacheResponseParser();
        return found(
                pieces,
                (in, found) -> {
                    int from = in.readerIndex();
                    ParseStatus status = parser.parse(in);
                    assertThat(in.readerIndex()).isEqualTo(from);
                    switch (status) {
                        case INVALID -> found.add("invalid");
                        case NEED_MORE ->
                                assertThat(parser.expectedBytes())
                                        .isGreaterThan(in.readableBytes());
                        case COMPLETE -> {
                            assertThat(parser.length()).isBetween(1, in.readableBytes());
                            found.add(in.toString(from, parser.length(), ISO_8859_1));
                            in.skipBytes(parser.length());
                        }
                    }
                    return status;
                });
    }

    /** Gives the pieces to {@code reader} until one of them is no message. */
    private static List<String> found(
            List<String> pieces, BiFunction<ByteBuf, List<String>, ParseStatus> reader) {
        List<String> found = new ArrayList<>();
        ByteBuf in = Unpooled.buffer();
        for (String piece : pieces) {
            in.writeCharSequence(piece, ISO_8859_1);
            ParseStatus status = ParseStatus.COMPLETE;
            while (status == ParseStatus.COMPLETE) {
                status = reader.apply(in, found);
            }
            if (status == ParseStatus.INVALID) {
                return found;
            }
        }
        return found;
    }

    private static String description(MemcacheRequestParser parser) {
        StringBuilder text = new StringBuilder();
        text.append(parser.line().command()).append(' ').append(parser.problem());
        for (int key = 0; key < parser.keyCount(); key++) {
            int from = parser.keyFrom(key);
            int bytes = parser.keyTo(key) - from;
            assertThat(bytes).isBetween(0, RequestLine.MAX_KEY_BYTES);
            text.append(" [")
                    .append(parser.keySource().toString(from, bytes, ISO_8859_1))
                    .append(']');
        }
        return text.append(' ').append(parser.consumedBytes()).toString();
    }
}
