package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.ParseStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemcacheRequestParserTest {

    private static final String LONGEST_KEY = "k".repeat(250);

    private final MemcacheRequestParser parser = new MemcacheRequestParser();
    private ByteBuf in = Unpooled.EMPTY_BUFFER;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get a\r\n",
                "gets a b a\r\n",
                "gat 0 a\r\n",
                "gats -1 a b\r\n",
                "set a 0 0 3\r\nx\r\n\r\n",
                "add a 4294967295 -1 0\r\n\r\n",
                "replace a 1 2 1 noreply\r\n\0\r\n",
                "append a 0 0 1\r\n\n\r\n",
                "prepend a 0 999999999999999999 1\r\n\r\r\n",
                "cas a 0 0 1 18446744073709551615\r\nx\r\n",
                "cas a 0 0 1 7 noreply\r\nx\r\n",
                "delete a\r\n",
                "delete a 0 noreply\r\n",
                "incr a 1\r\n",
                "decr a 1 noreply\r\n",
                "touch a -1\r\n",
                "mg a v\r\n",
                "mg Zm9v b v q\r\n",
                "ms a 2 T30 q\r\nhi\r\n",
                "md a\r\n",
                "ma a D2\r\n",
                "me a\r\n",
                "mn\r\n",
                "version\r\n",
                "flush_all 10 noreply\r\n",
                "verbosity 1\r\n",
                "stats\r\n",
                "quit\r\n",
                "  get   a  \r\n",
                "get a\n"
            })
    void findsRequestHoweverItIsCut(String wire) {
        for (int cut = 1; cut < wire.length(); cut++) {
            MemcacheRequestParser fresh = new MemcacheRequestParser();
            ByteBuf first = buffer(wire.substring(0, cut));
            assertThat(fresh.parse(first)).as("cut at %d", cut).isEqualTo(ParseStatus.NEED_MORE);
            assertThat(fresh.expectedBytes()).isBetween(cut + 1, wire.length());
            ByteBuf whole = buffer("##" + wire + "next").skipBytes(2);
            assertThat(fresh.parse(whole)).as("cut at %d", cut).isEqualTo(ParseStatus.COMPLETE);
            assertThat(fresh.problem()).as("cut at %d", cut).isNull();
            assertThat(fresh.consumedBytes()).as("cut at %d", cut).isEqualTo(wire.length());
            int blanks = wire.indexOf(wire.strip());
            assertThat(fresh.start()).isEqualTo(2 + blanks);
            assertThat(fresh.length()).isEqualTo(wire.length() - blanks);
            assertThat(whole.readerIndex()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    get a                      | a
                    gets  b   c b              | b c b
                    gat 100 a b                | a b
                    set key 0 0 0              | key
                    delete key noreply         | key
                    mg key v                   | key
                    mg Zm9v b                  | foo
                    mg Zm-9v bx                | foo
                    mg Zm9vx b                 | Zm9vx
                    version                    | placeholder
                    """)
    void namesKeys(String line, String keys) {
        parse(line + "\r\n\r\n");
        assertThat(keys()).containsExactly(keys.split(" ", -1));
    }

    @Test
    void givesEachKeyThePartWithTheBlankBeforeIt() {
        parse("get a  bb\r\n");
        assertThat(in.toString(parser.partFrom(0), 2, ISO_8859_1)).isEqualTo(" a");
        assertThat(in.toString(parser.partFrom(1), 3, ISO_8859_1)).isEqualTo(" bb");
        assertThat(parser.partTo(1) - parser.partFrom(1)).isEqualTo(3);
    }

    @Test
    void endsTheWordsAtNul() {
        parse("get a\0b c\r\n");
        assertThat(keys()).containsExactly("a");
        assertThat(in.toString(ISO_8859_1)).isEqualTo("get a    \r\n");
    }

    @Test
    void takesCarriageReturnInsideAKeyForPartOfIt() {
        parse("get a\rb\r\n");
        assertThat(keys()).containsExactly("a\rb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "GET a",
                "get",
                "get ",
                "gat",
                "set a 0 0",
                "set a 0 0 1 x y",
                "cas a 0 0 1",
                "delete",
                "delete a 0 noreply x",
                "incr a",
                "touch a",
                "touch a 0 x y",
                "verbosity",
                "flush_all 0 noreply x",
                "mg",
                "ms",
                "mx a",
                "foo bar"
            })
    void answersErrorToWhatIsNoCommandOrHasOtherWords(String line) {
        parse(line + "\r\nnext\r\n");
        assertThat(parser.problem()).isEqualTo(MemcacheError.UNKNOWN_COMMAND);
        assertThat(parser.consumedBytes()).isEqualTo(line.length() + 2);
        assertThat(parser.keyCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set a x 0 4",
                "set a -1 0 4",
                "set a +1 0 4",
                "set a 4294967296 0 4",
                "set a 0 x 4",
                "set a 0 - 4",
                "set a 0 1000000000000000000 4",
                "set a 0 1x 4 noreply",
                "cas a 0 0 4 x",
                "cas a 0 0 4 -1",
                "cas a 0 0 4 18446744073709551616",
                "cas a 0 0 4 noreply"
            })
    void swallowsDataBehindFaultyLine(String line) {
        assertSwallows(line, MemcacheError.BAD_LINE);
    }

    @Test
    void swallowsDataBehindLineWithLongKey() {
        assertSwallows("set " + LONGEST_KEY + "x 0 0 4", MemcacheError.BAD_LINE);
        assertSwallows("ms " + LONGEST_KEY + "x 4", MemcacheError.BAD_LINE);
    }

    @Test
    void swallowsDataBehindTooManyFlags() {
        assertSwallows("ms a 4" + " Ox".repeat(17), MemcacheError.TOO_MANY_FLAGS);
        parse("ms a 0" + " Ox".repeat(16) + "\r\n\r\n");
        assertThat(parser.problem()).isNull();
    }

    private void assertSwallows(String line, MemcacheError problem) {
        ByteBuf stream = buffer(line + "\r\nget ");
        assertThat(parser.parse(stream)).isEqualTo(ParseStatus.COMPLETE);
        assertThat(parser.problem()).isEqualTo(problem);
        assertThat(parser.isUnwanted()).isFalse();
        stream.skipBytes(parser.consumedBytes());

        assertThat(parser.parse(stream)).isEqualTo(ParseStatus.COMPLETE);
        assertThat(parser.isUnwanted()).isTrue();
        assertThat(parser.consumedBytes()).isEqualTo(4);
        stream.skipBytes(4);
        assertThat(parser.parse(stream)).isEqualTo(ParseStatus.NEED_MORE);

        stream.writeCharSequence("\r\nget b\r\n", ISO_8859_1);
        assertThat(parser.parse(stream)).isEqualTo(ParseStatus.COMPLETE);
        assertThat(parser.isUnwanted()).isTrue();
        stream.skipBytes(parser.consumedBytes());
        assertThat(parser.parse(stream)).isEqualTo(ParseStatus.COMPLETE);
        assertThat(parser.isUnwanted()).isFalse();
        assertThat(parser.problem()).isNull();
        assertThat(parser.line().word(1)).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set a 0 0 -1",
                "set a 0 0 x",
                "set a 0 0 2147483646",
                "set a 0 0 4294967295",
                "set a 0 0 99999999999",
                "set a 0 0 noreply",
                "ms a",
                "ms a x",
                "ms a -1",
                "ms a S2"
            })
    void readsTheNextLineWhenTheLengthIsNone(String line) {
        ByteBuf stream = buffer(line + "\r\nget b\r\n");
        assertThat(parser.parse(stream)).isEqualTo(ParseStatus.COMPLETE);
        assertThat(parser.problem()).isEqualTo(MemcacheError.BAD_LINE);
        stream.skipBytes(parser.consumedBytes());
        assertThat(parser.parse(stream)).isEqualTo(ParseStatus.COMPLETE);
        assertThat(parser.problem()).isNull();
    }

    @Test
    void refusesValuesThatNoServerTakes() {
        parse("set a 0 0 1073741825\r\nxx");
        assertThat(parser.problem()).isEqualTo(MemcacheError.TOO_LARGE);
        assertThat(new MemcacheRequestParser().parse(buffer("set a 0 0 1073741824\r\nx")))
                .isEqualTo(ParseStatus.NEED_MORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"set a 0 0 2\r\nabc\r\n", "ms a 2\r\nabc\r\n", "set a 0 0 2\r\nab\n\r"})
    void findsDataOfAnotherLength(String wire) {
        parse(wire);
        assertThat(parser.problem()).isEqualTo(MemcacheError.BAD_DATA);
        assertThat(parser.consumedBytes()).isEqualTo(wire.indexOf('\n') + 1 + 4);
        assertThat(parser.keyCount()).isZero();
    }

    @Test
    void boundsKeys() {
        for (String wire :
                List.of("get K", "get a K", "gat 0 K", "delete K", "incr K 1", "mg K", "me K")) {
            parse(wire.replace("K", LONGEST_KEY) + "\r\n");
            assertThat(parser.problem()).as(wire).isNull();
            parse(wire.replace("K", LONGEST_KEY + "x") + "\r\n");
            assertThat(parser.problem()).as(wire).isEqualTo(MemcacheError.BAD_LINE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gat x a", "gat - a", "gats 1x a b", "gat x"})
    void wantsANumberForATime(String line) {
        parse(line + "\r\n");
        assertThat(parser.problem()).isEqualTo(MemcacheError.BAD_EXPIRY);
    }

    @Test
    void boundsLinesButThoseOfManyKeys() {
        int most = MemcacheRequestParser.MAX_LINE_BYTES;
        assertThat(parse("x".repeat(most - 2) + "\r\n")).isEqualTo(ParseStatus.COMPLETE);
        for (String line : List.of("x", "set a ", "mg a ", "get")) {
            String wire = line + "x".repeat(most);
            assertThat(parse(wire)).as(line).isEqualTo(ParseStatus.INVALID);
            assertThat(parser.problem()).isEqualTo(MemcacheError.LONG_LINE);
            assertThat(new MemcacheRequestParser().parse(buffer(wire + "\r\n")))
                    .isEqualTo(ParseStatus.INVALID);
        }
        for (String line : List.of("get", " gets", "gat 0", "gats 0")) {
            MemcacheRequestParser fresh = new MemcacheRequestParser();
            ByteBuf stream = buffer(line + " abc".repeat(most));
            assertThat(fresh.parse(stream)).as(line).isEqualTo(ParseStatus.NEED_MORE);
            stream.writeCharSequence("\r\n", ISO_8859_1);
            assertThat(fresh.parse(stream)).as(line).isEqualTo(ParseStatus.COMPLETE);
            assertThat(fresh.keyCount()).isEqualTo(most);
            assertThat(fresh.isLong()).isTrue();
        }
        String endless = "get " + "a ".repeat(MemcacheRequestParser.MAX_KEYS_LINE_BYTES / 2);
        assertThat(new MemcacheRequestParser().parse(buffer(endless)))
                .isEqualTo(ParseStatus.INVALID);
    }

    @Test
    void refusesLongLineWhoseKeysComeAfterManyBlanks() {
        parse("gat " + " ".repeat(3000) + "0 a\r\n");
        assertThat(parser.problem()).isEqualTo(MemcacheError.BAD_LINE);
    }

    @Test
    void knowsTheBinaryProtocol() {
        assertThat(parse("\u0080\0\0\1")).isEqualTo(ParseStatus.INVALID);
        assertThat(parser.problem()).isEqualTo(MemcacheError.BINARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.0", "POST /x HTTP/1.1", "DELETE HTTP/1.1"})
    void knowsHttp(String line) {
        parse(line + "\r\n");
        assertThat(parser.line().isHttp()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "mg a q,true",
        "ms a 0 q,true",
        "md a O1 q,true",
        "ma a qx,true",
        "me a q,false",
        "mg a v,false",
        "mg q v,false",
        "mn q,false",
        "ms q 0,false"
    })
    void knowsWhoMayKeepSilent(String line, boolean isQuiet) {
        parse(line + "\r\n\r\n");
        assertThat(parser.line().isQuiet()).isEqualTo(isQuiet);
    }

    @Test
    void looksForTheEndOfALineOnlyInWhatIsNew() {
        assertThat(parse("get " + "k".repeat(100))).isEqualTo(ParseStatus.NEED_MORE);
        String spoilt = "get " + "\n".repeat(100) + "k\r\n";
        assertThat(parse(spoilt)).isEqualTo(ParseStatus.COMPLETE);
        assertThat(parser.consumedBytes()).isEqualTo(spoilt.length());
    }

    @Test
    void looksAtNoByteOfADataBlockTwice() {
        String head = "set key 0 0 5000000\r\n";
        assertThat(parse(head + "x".repeat(1000))).isEqualTo(ParseStatus.NEED_MORE);
        assertThat(parser.expectedBytes()).isEqualTo(head.length() + 5_000_002);
        String spoilt = "\n".repeat(head.length() + 1000) + "x".repeat(4_999_000) + "\r\n";
        assertThat(parse(spoilt)).isEqualTo(ParseStatus.COMPLETE);
        assertThat(parser.problem()).isNull();
        assertThat(parser.consumedBytes()).isEqualTo(spoilt.length());
        assertThat(parser.keyFrom(0)).isEqualTo("set ".length());
    }

    @Test
    void ownsNoLongListsWhenIdle() {
        parse("get" + " a".repeat(5000) + "\r\n");
        assertThat(parser.line().wordCount()).isEqualTo(5001);
        assertThat(parser.parse(buffer(""))).isEqualTo(ParseStatus.NEED_MORE);
        assertThat(parser.line().wordCount()).isZero();
    }

    private ParseStatus parse(String wire) {
        in = buffer(wire);
        return parser.parse(in);
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (int key = 0; key < parser.keyCount(); key++) {
            int from = parser.keyFrom(key);
            keys.add(parser.keySource().toString(from, parser.keyTo(key) - from, ISO_8859_1));
        }
        return keys;
    }

    private static ByteBuf buffer(String wire) {
        return Unpooled.buffer().writeBytes(wire.getBytes(ISO_8859_1));
    }
}
