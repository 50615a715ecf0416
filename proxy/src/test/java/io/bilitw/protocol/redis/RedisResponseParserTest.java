package io.bilitw.protocol.redis;

import static io.bilitw.protocol.redis.Wire.array;
import static io.bilitw.protocol.redis.Wire.bulk;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.ParseStatus;
import io.netty.buffer.ByteBuf;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisResponseParserTest {

    private final RedisResponseParser parser = new RedisResponseParser(false);

    static Stream<String> responses() {
        return Stream.of(
                "+OK\r\n",
                "+\r\n",
                "+a\rb\r\n",
                "-ERR no such key\r\n",
                "-\r\n",
                ":0\r\n",
                ":-1\r\n",
                ":9223372036854775807\r\n",
                ":-9223372036854775808\r\n",
                "$-1\r\n",
                bulk(""),
                bulk("hello"),
                bulk("\r\n$5\r\n-ERR"),
                "*-1\r\n",
                "*0\r\n",
                array("a", "", "c"),
                "*5\r\n+OK\r\n-ERR x\r\n:7\r\n$-1\r\n*-1\r\n",
                "*3\r\n*2\r\n:1\r\n:2\r\n*0\r\n*1\r\n*1\r\n*-1\r\n",
                "*2\r\n*1\r\n" + bulk("first") + bulk("last"),
                "*1\r\n".repeat(50) + ":1\r\n",
                "*2\r\n".repeat(20) + ":1\r\n".repeat(21));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void findsTheEndWhereverTheResponseIsCut(String response) {
        for (int cut = 0; cut < response.length(); cut++) {
            ByteBuf first = Wire.buffer(response.substring(0, cut), 3);
            assertThat(parser.parse(first)).as("cut at %d", cut).isEqualTo(ParseStatus.NEED_MORE);
            assertThat(parser.expectedBytes()).isBetween(cut + 1, response.length());

            ByteBuf moved = Wire.buffer(response + "+next\r\n", 9);
            assertThat(parser.parse(moved)).isEqualTo(ParseStatus.COMPLETE);
            assertThat(parser.length()).as("cut at %d", cut).isEqualTo(response.length());
            assertThat(parser.isError()).isEqualTo(response.startsWith("-"));
            assertThat(parser.isServerFailure()).isFalse();
            assertThat(moved.readerIndex()).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @MethodSource("responses")
    void goesOnByteByByte(String response) {
        for (int bytes = 0; bytes < response.length(); bytes++) {
            assertThat(parser.parse(Wire.buffer(response.substring(0, bytes))))
                    .isEqualTo(ParseStatus.NEED_MORE);
        }
        assertThat(parser.parse(Wire.buffer(response))).isEqualTo(ParseStatus.COMPLETE);
        assertThat(parser.length()).isEqualTo(response.length());
    }

    @Test
    void findsResponsesOneAfterTheOther() {
        ByteBuf in = Wire.buffer("+OK\r\n-ERR x\r\n*2\r\n$1\r\na\r\n$-1\r\n:1\r\n", 2);
        for (int length : new int[] {5, 8, 16, 4}) {
            assertThat(parser.parse(in)).isEqualTo(ParseStatus.COMPLETE);
            assertThat(parser.length()).isEqualTo(length);
            in.skipBytes(length);
        }
        assertThat(parser.parse(in)).isEqualTo(ParseStatus.NEED_MORE);
        assertThat(parser.isError()).isFalse();
    }

    @Test
    void tellsHowLongBigValueWillBe() {
        assertThat(parser.parse(Wire.buffer("$5000000\r\nab", 4))).isEqualTo(ParseStatus.NEED_MORE);
        assertThat(parser.expectedBytes()).isEqualTo("$5000000\r\n".length() + 5_000_002);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-OOM\r\n",
                "-OOM command not allowed when used memory > 'maxmemory'.\r\n",
                "-BUSY\r\n",
                "-BUSY Redis is busy running a script.\r\n",
                "-LOADING\r\n",
                "-LOADING Redis is loading the dataset in memory\r\n",
            })
    void tellsThatTheServerCanServeNobody(String response) {
        assertThat(complete(response).isError()).isTrue();
        assertThat(parser.isServerFailure()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-BUSYGROUP Consumer Group name already exists\r\n",
                "-BUSYKEY Target key name already exists.\r\n",
                "-OOMS x\r\n",
                "-oom x\r\n",
                "-Loading x\r\n",
                "-LOADINGS\r\n",
                "-LOAD\r\n",
                "-OO\r\n",
                "- OOM\r\n",
                "-ERR OOM\r\n",
                "-READONLY You can't write against a read only replica.\r\n",
                "-MISCONF x\r\n",
                "-MASTERDOWN x\r\n",
                "-NOAUTH Authentication required.\r\n",
            })
    void takesOtherErrorsForAnswers(String response) {
        assertThat(complete(response).isError()).isTrue();
        assertThat(parser.isServerFailure()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+OOM\r\n", "$4\r\n-OOM\r\n", "*1\r\n-OOM x\r\n", "*1\r\n-BUSY\r\n"})
    void takesFailureInsideAnotherValueForAnAnswer(String response) {
        assertThat(complete(response).isError()).isFalse();
        assertThat(parser.isServerFailure()).isFalse();
    }

    @Test
    void forgetsTheLastResponse() {
        assertThat(complete("-OOM x\r\n").isServerFailure()).isTrue();
        assertThat(complete("+OK\r\n").isServerFailure()).isFalse();
        assertThat(parser.isError()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // RESP3, which was not asked for
                "%1\r\n",
                "~1\r\n",
                ">2\r\n",
                "_\r\n",
                "#t\r\n",
                ",1.5\r\n",
                "(12345\r\n",
                "!3\r\nERR\r\n",
                "=7\r\ntxt:abc\r\n",
                "|1\r\n",
                // no RESP at all
                "OK\r\n",
                "\r\n",
                "HTTP/1.1 400 Bad Request\r\n",
                "\0",
                ":\r\n",
                ":x\r\n",
                ":1.5\r\n",
                ":1\n",
                ":18446744073709551616\r\n",
                "$\r\n",
                "$x\r\n",
                "$01\r\na\r\n",
                "$1\r\nab\r\n",
                "$1\r\na\r\r",
                "$1\r\na\nx",
                "*\r\n",
                "*x\r\n",
                "*1\r\nx",
                "*2\r\n:1\r\n_\r\n",
                "+OK\n",
                "-ERR\n",
                "+\n",
                // longer than redis can mean
                "$1073741825\r\n",
                "*1073741825\r\n",
                "$99999999999999999999\r\n",
            })
    void refusesWhatIsNoResponse(String response) {
        assertThat(parser.parse(Wire.buffer(response, 1))).isEqualTo(ParseStatus.INVALID);
    }

    @Test
    void passesNegativeLengthAsNull() {
        complete("$-2\r\n");
        complete("*-7\r\n");
        complete("*2\r\n$-3\r\n:1\r\n");
    }

    @Test
    void countsMoreValuesThanAnIntHolds() {
        assertThat(parser.parse(Wire.buffer("*1073741824\r\n".repeat(10))))
                .isEqualTo(ParseStatus.NEED_MORE);
        assertThat(parser.expectedBytes()).isEqualTo(131);
    }

    @Test
    void asksForNoMoreThanAnyBufferHolds() {
        String head = "*2\r\n" + bulk("x".repeat(1000)) + "$1073741824\r\n";

        assertThat(parser.parse(Wire.buffer(head))).isEqualTo(ParseStatus.NEED_MORE);
        assertThat(parser.expectedBytes()).isEqualTo(head.length() + 1_073_741_826);
    }

    private RedisResponseParser complete(String response) {
        assertThat(parser.parse(Wire.buffer(response, 1))).isEqualTo(ParseStatus.COMPLETE);
        assertThat(parser.length()).isEqualTo(response.length());
        return parser;
    }
}
