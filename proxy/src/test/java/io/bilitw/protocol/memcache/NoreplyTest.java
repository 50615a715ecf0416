package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the word {@code noreply}, which no server must get to see. */
class NoreplyTest {

    private final MemcacheRequestParser parser = new MemcacheRequestParser();
    private ByteBuf in = Unpooled.EMPTY_BUFFER;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    set a 0 0 0 noreply  | 'set a 0 0 0        '
                    cas a 0 0 0 1 noreply| 'cas a 0 0 0 1        '
                    delete a noreply     | 'delete a        '
                    delete a 0 noreply   | 'delete a 0        '
                    incr a 1 noreply     | 'incr a 1        '
                    touch a 0 noreply    | 'touch a 0        '
                    flush_all noreply    | 'flush_all        '
                    verbosity 1 noreply  | 'verbosity 1        '
                    """)
    void blanksNoreplyOutForTheServer(String line, String sent) {
        parse(line + "\r\n\r\n");
        assertThat(parser.line().isWithoutReply()).isTrue();
        assertThat(in.toString(0, sent.length(), ISO_8859_1)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get noreply",
                "delete noreply",
                "mg a noreply",
                "version noreply",
                "set a 0 0 0 norepl",
                "set a 0 0 0 noreplyy",
                "incr a 1 NOREPLY"
            })
    void takesNoreplyElsewhereForAnyWord(String line) {
        parse(line + "\r\n\r\n");
        assertThat(parser.line().isWithoutReply()).isFalse();
        assertThat(in.toString(0, line.length(), ISO_8859_1)).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete a noreply noreply",
                "incr a noreply noreply",
                "decr a noreply noreply",
                "touch a noreply noreply",
                "flush_all noreply noreply",
                "verbosity noreply  noreply",
                "set a 0 0 noreply noreply",
                "cas a 0 0 1 noreply noreply"
            })
    void sendsNoLineThatHasItTwice(String line) {
        parse(line + "\r\n\r\n");
        assertThat(parser.line().isWithoutReply()).isTrue();
        assertThat(parser.problem()).isEqualTo(MemcacheError.BAD_LINE);
        assertThat(parser.keyCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "incr a noreply",
                "decr a noreply",
                "touch a noreply",
                "verbosity noreply",
                "set a 0 0 noreply"
            })
    void sendsNoLineThatLacksAWordWithoutIt(String line) {
        parse(line + "\r\n\r\n");
        assertThat(parser.line().isWithoutReply()).isTrue();
        assertThat(parser.problem()).isEqualTo(MemcacheError.BAD_LINE);
        assertThat(parser.keyCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"delete noreply noreply,delete noreply", "set noreply 0 0 0,set noreply 0 0 0"})
    void takesItForAKeyInTheKeysPlace(String line, String sent) {
        parse(line + "\r\n\r\n");
        assertThat(parser.problem()).isNull();
        assertThat(in.toString(0, sent.length() + 1, ISO_8859_1).strip()).isEqualTo(sent);
    }

    private void parse(String wire) {
        in = Unpooled.buffer().writeBytes(wire.getBytes(ISO_8859_1));
        parser.parse(in);
    }
}
