package io.bilitw.protocol.redis;

import static io.bilitw.protocol.redis.Wire.array;
import static io.bilitw.protocol.redis.Wire.bulk;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.ParseStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisRequestParserTest {

    private final RedisRequestParser parser = new RedisRequestParser();

    /** What the parser says of a complete request; offsets are taken from the request's start. */
    record Found(
            @Nullable RedisCommand command,
            int arguments,
            int consumedBytes,
            String request,
            List<String> keys,
            List<Integer> keyOffsets,
            List<String> parts) {}

    @Test
    void keepsNothingOfLongRequestOnceAskedForMore() {
        int arguments = 128 * 1024;
        String request =
                "*" + arguments + "\r\n$4\r\nMGET\r\n" + "$1\r\nk\r\n".repeat(arguments - 1);
        ByteBuf in = Unpooled.copiedBuffer(request, ISO_8859_1);
        List<RedisRequestParser> parsers = new ArrayList<>();
        long before = usedBytes();
        for (int i = 0; i < 50; i++) {
            RedisRequestParser longOnce = new RedisRequestParser();
            assertThat(longOnce.parse(in)).isEqualTo(ParseStatus.COMPLETE);
            assertThat(longOnce.parse(Unpooled.EMPTY_BUFFER)).isEqualTo(ParseStatus.NEED_MORE);
            parsers.add(longOnce);
        }

        long bytesEach = (usedBytes() - before) / parsers.size();

        assertThat(bytesEach).isLessThan(arguments);
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void findsCommandAndKeyOfOneRequest() {
        Found found = parse(array("GeT", "hello"));

        assertThat(found.command).isEqualTo(RedisCommand.GET);
        assertThat(found.arguments).isEqualTo(2);
        assertThat(found.request).isEqualTo(array("GeT", "hello"));
        assertThat(found.keys).containsExactly("hello");
        assertThat(found.keyOffsets).containsExactly("*2\r\n$3\r\nget\r\n$5\r\n".length());
    }

    @Test
    void findsThePartOfEachKey() {
        assertThat(parse(array("MGET", "a", "", "c")).parts)
                .containsExactly(bulk("a"), bulk(""), bulk("c"));
        Found pairs = parse(array("mset", "a", "1", "b", "\r\n"));
        assertThat(pairs.keys).containsExactly("a", "b");
        assertThat(pairs.parts).containsExactly(bulk("a") + bulk("1"), bulk("b") + bulk("\r\n"));
    }

    @Test
    void findsKeysBehindManyArguments() {
        String[] words = new String[10_001];
        words[0] = "DEL";
        for (int i = 1; i < words.length; i++) {
            words[i] = "key" + i;
        }

        Found found = parse(array(words));

        assertThat(found.keys).hasSize(10_000).first().isEqualTo("key1");
        assertThat(found.keys.getLast()).isEqualTo("key10000");
        assertThat(found.parts.getLast()).isEqualTo(bulk("key10000"));
        assertThat(parse(array("GET", "a")).keys).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*2\r\n$3\r\nget\r\n$5\r\nhello\r\n",
                "*1\r\n$4\r\nping\r\n",
                "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$12\r\na\r\n*1\r\n$0\r\nb\r\n",
                "*5\r\n$4\r\nmset\r\n$1\r\na\r\n$0\r\n\r\n$0\r\n\r\n$1\r\nb\r\n",
                "*4\r\n$4\r\neval\r\n$8\r\nreturn 1\r\n$1\r\n1\r\n$3\r\nkey\r\n",
                "*2\r\n$5\r\nwhat?\r\n$1\r\nx\r\n",
                "*0\r\n",
                "*-1\r\n",
                "get  \"a key\"\r\n",
                "PING\n",
                "\r\n",
            })
    void givesTheSameWhereverTheRequestIsCut(String request) {
        Found whole = parse(request);
        for (int cut = 1; cut < request.length(); cut++) {
            ByteBuf first = Wire.buffer(request.substring(0, cut), 3);
            assertThat(parser.parse(first)).as("cut at %d", cut).isEqualTo(ParseStatus.NEED_MORE);
            assertThat(parser.expectedBytes()).isBetween(cut + 1, request.length());
            assertThat(first.readerIndex()).isEqualTo(3);

            ByteBuf moved = Wire.buffer(request + "*1\r\n$4\r\nnext\r\n", 11);
            assertThat(complete(moved)).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    @Test
    void goesOnByteByByte() {
        String request = array("mset", "key", "value", "other", "");
        ByteBuf in = Unpooled.buffer();
        for (int i = 0; i < request.length() - 1; i++) {
            in.writeByte(request.charAt(i));
            assertThat(parser.parse(in)).as("after byte %d", i).isEqualTo(ParseStatus.NEED_MORE);
        }
        in.writeByte(request.charAt(request.length() - 1));
        assertThat(complete(in)).isEqualTo(new RedisRequestParserTest().parse(request));
    }

    @Test
    void asksForMoreOfNothing() {
        ByteBuf in = Wire.buffer("*1\r\n$4\r\nping\r\n");
        in.setIndex(in.writerIndex(), in.writerIndex());

        assertThat(parser.parse(in)).isEqualTo(ParseStatus.NEED_MORE);
        assertThat(parser.expectedBytes()).isEqualTo(1);
        assertThat(parse("*1\r\n$4\r\nping\r\n").command).isEqualTo(RedisCommand.PING);
    }

    @Test
    void tellsHowLongBigValueWillBe() {
        String head = "*3\r\n$3\r\nset\r\n$1\r\nk\r\n$5000000\r\n";
        ByteBuf in = Wire.buffer(head + "abc", 5);

        assertThat(parser.parse(in)).isEqualTo(ParseStatus.NEED_MORE);

        assertThat(parser.expectedBytes()).isEqualTo(head.length() + 5_000_002);
    }

    @Test
    void findsPipelinedRequestsOneAfterTheOther() {
        ByteBuf in =
                Wire.buffer(
                        array("get", "a")
                                + "*0\r\n"
                                + array("mget", "b", "c")
                                + "get d\r\n"
                                + array("what")
                                + array("get", "e"),
                        2);
        List<String> seen = new ArrayList<>();
        while (in.isReadable()) {
            Found found = complete(in);
            seen.add(found.command + " " + found.keys);
            in.skipBytes(found.consumedBytes);
        }
        assertThat(seen)
                .containsExactly(
                        "GET [a]", "null []", "MGET [b, c]", "GET [d]", "null []", "GET [e]");
    }

    @Test
    void rewritesLineOfWordsAsArray() {
        ByteBuf in = Wire.buffer("  set 'my key' \"\\x00\"\r\nget", 4);

        Found found = complete(in);

        assertThat(found.request).isEqualTo(array("set", "my key", "\0"));
        assertThat(found.consumedBytes).isEqualTo("  set 'my key' \"\\x00\"\r\n".length());
        assertThat(found.keys).containsExactly("my key");
        assertThat(parser.source()).isNotSameAs(in);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "*x                                 | invalid multibulk length",
                "*+1                                | invalid multibulk length",
                "*                                  | invalid multibulk length",
                "*01                                | invalid multibulk length",
                "*-0                                | invalid multibulk length",
                "*1048577                           | invalid multibulk length",
                "*9999999999999999999               | invalid multibulk length",
                "*99999999999999999999              | invalid multibulk length",
                "*1~:1                              | expected '$', got ':'",
                "*2~$3~get~x                        | expected '$', got 'x'",
                "*1~$                               | invalid bulk length",
                "*1~$-1                             | invalid bulk length",
                "*1~$-0                             | invalid bulk length",
                "*1~$+4~ping                        | invalid bulk length",
                "*1~$04~ping                        | invalid bulk length",
                "*1~$4 ~ping                        | invalid bulk length",
                "*2~$3~get~$536870913               | invalid bulk length",
                "*2~$3~get~$9999999999999999999     | invalid bulk length",
                "*2~$3~get~$-9999999999999999999    | invalid bulk length",
                "*1~$65537                          | too long command name",
                "*1~$4~pingx~                       | expected CRLF after a bulk string",
                "*1~$3~ping                         | expected CRLF after a bulk string",
                "*2~$3~get~$1~abc                   | expected CRLF after a bulk string",
                "get \"a                            | unbalanced quotes in request",
                "get 'a'b                           | unbalanced quotes in request",
            })
    void saysWhatIsWrongWithWhatIsNoRequest(String text, String problem) {
        String wire = text.replace("~", "\r\n") + "\r\n";

        assertThat(parser.parse(Wire.buffer(wire, 1))).isEqualTo(ParseStatus.INVALID);
        assertThat(parser.problem()).isEqualTo("Protocol error: " + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*1\n",
                "*1\r\n$4\nping\r\n",
                "*1\r\n$4\r\nping\n\n",
                "*1\r\n$4\r\nping\r\r",
                "*1\rx",
                "*1\r\n$4\rx"
            })
    void refusesLineThatDoesNotEndInCarriageReturnAndLineFeed(String wire) {
        assertThat(parser.parse(Wire.buffer(wire))).isEqualTo(ParseStatus.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*0", "*-1", "*-5", "*-4294967295", "*-4294967294", "*-9223372036854775808"})
    void takesNothingFromEmptyArrayAsRedis(String head) {
        Found found = parse(head + "\r\n$4\r\nping\r\n");

        assertThat(found.arguments).isZero();
        assertThat(found.consumedBytes).isEqualTo(head.length() + 2);
        assertThat(found.command).isNull();
    }

    @Test
    void allowsWhatIsJustWithinTheLimits() {
        assertThat(parser.parse(Wire.buffer("*1048576\r\n"))).isEqualTo(ParseStatus.NEED_MORE);
        assertThat(new RedisRequestParser().parse(Wire.buffer("*2\r\n$3\r\nget\r\n$536870912\r\n")))
                .isEqualTo(ParseStatus.NEED_MORE);
        assertThat(new RedisRequestParserTest().parse(array("x".repeat(65_536))).command).isNull();
    }

    @Test
    void refusesRequestLongerThanAnyBuffer() {
        ByteBuf piece =
                Unpooled.wrappedBuffer(new byte[RedisRequestParser.MAX_ARGUMENT_BYTES / 16]);
        CompositeByteBuf in = Unpooled.compositeBuffer(64);
        in.addComponent(true, Wire.buffer("*5\r\n$3\r\ndel"));
        for (int argument = 0; argument < 3; argument++) {
            in.addComponent(true, Wire.buffer("\r\n$536870912\r\n"));
            for (int i = 0; i < 16; i++) {
                in.addComponent(true, piece.retainedDuplicate());
            }
        }
        assertThat(parser.parse(in)).isEqualTo(ParseStatus.NEED_MORE);
        in.addComponent(true, Wire.buffer("\r\n$536870912\r\n"));

        assertThat(parser.parse(in)).isEqualTo(ParseStatus.INVALID);
        assertThat(parser.problem()).isEqualTo("Protocol error: too long request");
    }

    @Test
    void refusesLineThatDoesNotEnd() {
        ByteBuf in = Unpooled.buffer();
        in.writeZero(RedisRequestParser.MAX_LINE_BYTES);
        assertThat(parser.parse(in)).isEqualTo(ParseStatus.NEED_MORE);
        in.writeByte(' ');

        assertThat(parser.parse(in)).isEqualTo(ParseStatus.INVALID);
        assertThat(parser.problem()).isEqualTo("Protocol error: too big inline request");
    }

    @Test
    void tellsRequestsApartThatHaveNoKeysToGoBy() {
        assertThat(parsed(array("get", "a")).hasKeys()).isTrue();
        assertThat(parsed(array("ping")).hasKeys()).isTrue();
        assertThat(parsed(array("get")).hasKeys()).isFalse();
        assertThat(parsed(array("get", "a", "b")).hasKeys()).isFalse();
        assertThat(parsed(array("mset", "a", "1", "b")).hasKeys()).isFalse();
        assertThat(parsed(array("eval", "return 1", "0")).hasKeys()).isFalse();
        assertThat(parsed(array("what", "a")).hasKeys()).isFalse();
    }

    @Test
    void readsDirectBufferAsWell() {
        ByteBuf in = ByteBufAllocator.DEFAULT.directBuffer();
        try {
            in.writeCharSequence(array("get", "héllo"), ISO_8859_1);
            assertThat(complete(in).keys).containsExactly("héllo");
        } finally {
            in.release();
        }
    }

    private RedisRequestParser parsed(String request) {
        complete(Wire.buffer(request));
        return parser;
    }

    private Found parse(String request) {
        return complete(Wire.buffer(request));
    }

    private Found complete(ByteBuf in) {
        int readerIndex = in.readerIndex();
        int writerIndex = in.writerIndex();
        assertThat(parser.parse(in)).isEqualTo(ParseStatus.COMPLETE);
        assertThat(in.readerIndex()).isEqualTo(readerIndex);
        assertThat(in.writerIndex()).isEqualTo(writerIndex);
        ByteBuf source = parser.source();
        List<String> keys = new ArrayList<>();
        List<Integer> keyOffsets = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < parser.keyCount(); i++) {
            keys.add(Wire.text(source, parser.keyFrom(i), parser.keyTo(i)));
            keyOffsets.add(parser.keyFrom(i) - parser.start());
            parts.add(Wire.text(source, parser.partFrom(i), parser.partTo(i)));
        }
        return new Found(
                parser.command(),
                parser.count(),
                parser.consumedBytes(),
                Wire.text(source, parser.start(), parser.start() + parser.length()),
                keys,
                keyOffsets,
                parts);
    }
}
