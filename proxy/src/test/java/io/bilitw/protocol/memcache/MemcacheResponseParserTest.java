package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.ParseStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemcacheResponseParserTest {

    private final MemcacheResponseParser parser = new MemcacheResponseParser();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "END\r\n",
                "STORED\r\n",
                "NOT_STORED\r\n",
                "13\r\n",
                "18446744073709551615\r\n",
                "5   \r\n",
                "VALUE a 0 0\r\n\r\nEND\r\n",
                "VALUE a 0 5\r\nEND\r\n\r\nVALUE b 4294967295 1 77\r\n\n\r\nEND\r\n",
                "VALUE a 0 1\r\nx\r\nSERVER_ERROR out of memory writing get response\r\n",
                "VA 0\r\n\r\n",
                "VA 5 f0 t-1 kab\r\nEN\r\nx\r\n",
                "HD\r\n",
                "HD kab O1 c7\r\n",
                "EN O1\r\n",
                "ME a exp=-1 la=0 cas=2 fetch=no cls=1 size=63\r\n",
                "ERROR\r\n",
                "CLIENT_ERROR bad data chunk\r\n",
                "SERVER_ERROR object too large for cache\r\n",
                "VERSION 1.6.18\r\n"
            })
    void findsResponseHoweverItIsCut(String wire) {
        for (int cut = 1; cut < wire.length(); cut++) {
            MemcacheResponseParser fresh = new MemcacheResponseParser();
            assertThat(fresh.parse(buffer(wire.substring(0, cut))))
                    .as("cut at %d", cut)
                    .isEqualTo(ParseStatus.NEED_MORE);
            assertThat(fresh.expectedBytes()).isBetween(cut + 1, wire.length());
            ByteBuf whole = buffer("##" + wire + "STORED\r\n").skipBytes(2);
            assertThat(fresh.parse(whole)).as("cut at %d", cut).isEqualTo(ParseStatus.COMPLETE);
            assertThat(fresh.length()).isEqualTo(wire.length());
            assertThat(whole.readerIndex()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"VALUE", "VA"})
    void takesEveryWordForAResponse(ResponseWord word) {
        assertThat(parser.parse(buffer(word + "\r\n"))).isEqualTo(ParseStatus.COMPLETE);
        assertThat(parser.isError()).isEqualTo(word.name().endsWith("ERROR"));
        assertThat(parser.isFence()).isEqualTo(word == ResponseWord.VERSION);
        assertThat(parser.isServerFailure()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "\n",
                "END\n",
                "end\r\n",
                "ENDS\r\n",
                "+OK\r\n",
                "-ERR unknown command\r\n",
                "HTTP/1.1 400 Bad Request\r\n",
                "-5\r\n",
                "5 x\r\n",
                " END\r\n",
                "VALUE\r\n",
                "VALUE a\r\n",
                "VALUE a 0\r\n",
                "VALUE a 0 x\r\n",
                "VALUE a 0 -1\r\n",
                "VALUE a 0 1073741825\r\n",
                "VALUE a 0 1\r\nxx\r\n",
                "VALUE a 0 1\r\nx\n\r",
                "VALUE a 0 1\r\nx\r\nSTORED\r\n",
                "VALUE a 0 1\r\nx\r\nVA 1\r\nx\r\n",
                "VALUE a 0 1\r\nx\r\n5\r\n",
                "VA\r\n",
                "VA x\r\n",
                "VA 1\r\nxx\r\n"
            })
    void findsWhatIsNoResponse(String wire) {
        assertThat(parser.parse(buffer(wire))).isEqualTo(ParseStatus.INVALID);
    }

    @Test
    void waitsNotForeverForALineEnd() {
        assertThat(parser.parse(buffer("SERVER_ERROR " + "x".repeat(20_000))))
                .isEqualTo(ParseStatus.INVALID);
    }

    @Test
    void refusesALongLineAlsoWhenItIsThereAtOnce() {
        assertThat(parser.parse(buffer("SERVER_ERROR " + "x".repeat(20_000) + "\r\n")))
                .isEqualTo(ParseStatus.INVALID);
    }

    @Test
    void knowsHowMuchOfAValueIsMissing() {
        assertThat(parser.parse(buffer("VALUE a 0 1000000\r\n"))).isEqualTo(ParseStatus.NEED_MORE);
        assertThat(parser.expectedBytes()).isEqualTo("VALUE a 0 1000000\r\n".length() + 1_000_002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VALUE a 0 50\r\n|END\r\n", "VA 50 f0 t-1\r\n|"})
    void looksAtNoByteOfAValueTwice(String framing) {
        String head = framing.substring(0, framing.indexOf('|'));
        String tail = "\r\n" + framing.substring(framing.indexOf('|') + 1);
        for (int seen = 0; seen <= 50; seen++) {
            MemcacheResponseParser fresh = new MemcacheResponseParser();
            assertThat(fresh.parse(buffer(head + "x".repeat(seen))))
                    .isEqualTo(ParseStatus.NEED_MORE);
            String spoilt = "\n".repeat(head.length() + seen) + "x".repeat(50 - seen);
            assertThat(fresh.parse(buffer(spoilt + tail))).isEqualTo(ParseStatus.COMPLETE);
            assertThat(fresh.length()).isEqualTo(head.length() + 50 + tail.length());
        }
    }

    @Test
    void looksForTheEndOfALineOnlyInWhatIsNew() {
        String value = "VALUE a 0 1\r\nx\r\n";
        assertThat(parser.parse(buffer(value + "SERVER_ERROR out of ")))
                .isEqualTo(ParseStatus.NEED_MORE);
        String spoilt = "\n".repeat(value.length()) + "SERVER_ERROR \n\n\n\n\n\n\n";
        assertThat(parser.parse(buffer(spoilt + "memory\r\n"))).isEqualTo(ParseStatus.COMPLETE);
        assertThat(parser.length()).isEqualTo(spoilt.length() + 8);
        assertThat(parser.isError()).isTrue();
    }

    @Test
    void findsResponsesOneAfterTheOther() {
        ByteBuf in = buffer("END\r\nERROR\r\nVALUE a 0 1\r\nx\r\nEND\r\nVERSION 1\r\n5\r\n");
        StringBuilder seen = new StringBuilder();
        while (in.isReadable()) {
            assertThat(parser.parse(in)).isEqualTo(ParseStatus.COMPLETE);
            seen.append(parser.length()).append(parser.isError() ? "! " : " ");
            in.skipBytes(parser.length());
        }
        assertThat(seen).hasToString("5 7! 21 11 3 ");
        assertThat(parser.isFence()).isFalse();
        assertThat(parser.parse(in)).isEqualTo(ParseStatus.NEED_MORE);
        assertThat(parser.expectedBytes()).isOne();
    }

    private static ByteBuf buffer(String wire) {
        return Unpooled.buffer().writeBytes(wire.getBytes(ISO_8859_1));
    }
}
