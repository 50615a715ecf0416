package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.Coalescer;
import io.bilitw.protocol.ElementJoin;
import io.bilitw.testkit.SampleFragments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueSplitTest {

    private static final String INVALID = "SERVER_ERROR Invalid argument\r\n";

    @ParameterizedTest
    @CsvSource({
        "get a b,get",
        "gets a b,gets",
        "gat 100 a b,gat 100",
        "gat  100 a b,gat  100",
        "'   get a b',get",
        "'gat 100    a b',gat 100"
    })
    void repeatsTheWordsBeforeTheKeysWithoutBlanksAround(String line, String head) {
        MemcacheRequestParser parser = new MemcacheRequestParser();
        parser.parse(Unpooled.copiedBuffer(line + "\r\n", ISO_8859_1));
        ByteBuf out = Unpooled.buffer();
        ValueSplit.GET.writeHead(out, parser, 1);
        ValueSplit.GET.writeTail(out);
        assertThat(out.toString(ISO_8859_1)).isEqualTo(head + " \r\n");
        assertThat(out.readableBytes()).isLessThanOrEqualTo(ValueSplit.GET.framingBytes(parser));
    }

    @Test
    void joinsValuesInTheOrderOfTheKeys() {
        assertThat(
                        coalesce(
                                " a b c d",
                                "0 1 0 1",
                                value("a", "1") + value("c", "3") + "END\r\n",
                                value("b", "2") + value("d", "4") + "END\r\n"))
                .isEqualTo(
                        value("a", "1")
                                + value("b", "2")
                                + value("c", "3")
                                + value("d", "4")
                                + "END\r\n");
    }

    @Test
    void keepsTheOrderWhenKeysAreMissing() {
        assertThat(
                        coalesce(
                                " a  b c   d e",
                                "0 1 0 1 0",
                                value("c", "3") + "END\r\n",
                                value("d", "") + "END\r\n"))
                .isEqualTo(value("c", "3") + value("d", "") + "END\r\n");
        assertThat(coalesce(" a b", "0 1", "END\r\n", "END\r\n")).isEqualTo("END\r\n");
    }

    @Test
    void givesAKeyThatIsAskedTwiceTwice() {
        assertThat(
                        coalesce(
                                " a b a",
                                "0 1 0",
                                value("a", "1") + value("a", "1") + "END\r\n",
                                value("b", "2") + "END\r\n"))
                .isEqualTo(value("a", "1") + value("b", "2") + value("a", "1") + "END\r\n");
    }

    @Test
    void tellsKeysFromTheirBeginnings() {
        assertThat(coalesce(" a aa b", "0 0 1", value("aa", "VALUE a 0 1") + "END\r\n", "END\r\n"))
                .isEqualTo(value("aa", "VALUE a 0 1") + "END\r\n");
    }

    @Test
    void sharesLongValuesAndCopiesShortOnes() {
        String longValue = "x".repeat(ElementJoin.MAX_COPIED_BYTES);
        SampleFragments fragments =
                new SampleFragments(
                                "0 1",
                                value("a", longValue) + "END\r\n",
                                value("b", "short") + "END\r\n")
                        .withParts(" a b");

        ByteBuf joined = ValueSplit.GET.coalesce(fragments, UnpooledByteBufAllocator.DEFAULT);

        assertThat(joined).isInstanceOf(CompositeByteBuf.class);
        assertThat(joined.toString(ISO_8859_1))
                .isEqualTo(value("a", longValue) + value("b", "short") + "END\r\n");
        assertThat(fragments.response(0).refCnt()).isEqualTo(2);
        assertThat(fragments.response(1).refCnt()).isEqualTo(1);
        joined.release();
        assertThat(fragments.response(0).refCnt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR\r\n",
                "SERVER_ERROR out of memory\r\n",
                "CLIENT_ERROR bad command line format\r\n",
                "STORED\r\n",
                "VALUE z 0 1\r\nx\r\nEND\r\n",
                "VALUE a 0 1\r\nx\r\nVALUE z 0 1\r\nx\r\nEND\r\n",
                "VALUE a 0 1\r\nx\r\nERROR\r\n",
                "13\r\n"
            })
    void answersInvalidArgumentWhenAServerAnswersOtherwise(String response) {
        assertThat(coalesce(" a b", "0 1", response, value("b", "2") + "END\r\n"))
                .isEqualTo(INVALID);
    }

    @Test
    void limitsOnlyTheLinesThatServersClose() {
        assertThat(ValueSplit.GET.maxPartBytes()).isEqualTo(Integer.MAX_VALUE);
        assertThat(ValueSplit.GET_AND_TOUCH.maxPartBytes())
                .isLessThan(MemcacheRequestParser.MAX_LINE_BYTES - 2 * RequestLine.MAX_KEY_BYTES);
    }

    @Test
    void saysOkWhenAllServersDo() {
        assertThat(join(FirstRefusal.INSTANCE, "OK\r\n", "OK\r\n", "OK\r\n")).isEqualTo("OK\r\n");
    }

    @Test
    void repeatsTheFirstServerThatSaysAnythingElse() {
        assertThat(join(FirstRefusal.INSTANCE, "OK\r\n", "ERROR\r\n", "CLIENT_ERROR x\r\n"))
                .isEqualTo("ERROR\r\n");
        assertThat(join(FirstRefusal.INSTANCE, "OK\r\n", "OK\r\n", "OKAY\r\n"))
                .isEqualTo("OKAY\r\n");
    }

    private static String value(String key, String value) {
        return "VALUE " + key + " 0 " + value.length() + "\r\n" + value + "\r\n";
    }

    private static String coalesce(String parts, String places, String... responses) {
        return text(ValueSplit.GET, new SampleFragments(places, responses).withParts(parts));
    }

    private static String join(Coalescer coalescer, String... responses) {
        return text(coalescer, new SampleFragments("0", responses));
    }

    private static String text(Coalescer coalescer, SampleFragments fragments) {
        ByteBuf joined = coalescer.coalesce(fragments, UnpooledByteBufAllocator.DEFAULT);
        try {
            return joined.toString(ISO_8859_1);
        } finally {
            joined.release();
        }
    }
}
