package io.bilitw.protocol.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.ElementJoin;
import io.bilitw.protocol.RequestParser;
import io.bilitw.testkit.SampleFragments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSplitTest {

    private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;
    private static final RequestParser ANY = new RedisRequestParser();
    private static final String INVALID = "-ERR Invalid argument\r\n";

    @Test
    void writesTheNameInLowerCaseBeforeTheParts() {
        assertThat(head(RedisSplit.MGET, 2)).isEqualTo("*3\r\n$4\r\nmget\r\n");
        assertThat(head(RedisSplit.MSET, 2)).isEqualTo("*5\r\n$4\r\nmset\r\n");
        assertThat(head(RedisSplit.EXISTS, 10)).isEqualTo("*11\r\n$6\r\nexists\r\n");
    }

    @ParameterizedTest
    @EnumSource
    void needsNoMoreFramingThanItSays(RedisSplit split) {
        int keys = (Integer.MAX_VALUE - 1) / split.argumentsPerKey();
        assertThat(head(split, keys)).hasSizeLessThanOrEqualTo(split.framingBytes(ANY));
    }

    @Test
    void joinsArraysInTheOrderOfTheKeys() {
        String joined =
                coalesce(
                        RedisSplit.MGET,
                        "0 1 0 2 1",
                        "*2\r\n$1\r\na\r\n$-1\r\n",
                        "*2\r\n$3\r\nb\r\n\r\n$0\r\n\r\n",
                        "*1\r\n$1\r\nc\r\n");
        assertThat(joined)
                .isEqualTo("*5\r\n$1\r\na\r\n$3\r\nb\r\n\r\n$-1\r\n$1\r\nc\r\n$0\r\n\r\n");
    }

    @Test
    void joinsNullsOfResp3() {
        assertThat(coalesce(RedisSplit.MGET, "0 1 0", "*2\r\n_\r\n$1\r\na\r\n", "*1\r\n_\r\n"))
                .isEqualTo("*3\r\n_\r\n_\r\n$1\r\na\r\n");
    }

    @Test
    void sharesLongElementsAndCopiesShortOnes() {
        String longBulk = bulk("x".repeat(ElementJoin.MAX_COPIED_BYTES));
        String shortBulk = bulk("s");
        SampleFragments fragments =
                new SampleFragments(
                        "0 1 0 1",
                        "*2\r\n" + longBulk + shortBulk,
                        "*2\r\n" + shortBulk + longBulk);

        ByteBuf joined = RedisSplit.MGET.coalesce(fragments, ALLOCATOR);

        assertThat(text(joined)).isEqualTo("*4\r\n" + longBulk + shortBulk + shortBulk + longBulk);
        assertThat(joined).isInstanceOf(CompositeByteBuf.class);
        assertThat(fragments.response(0).refCnt()).isEqualTo(2);
        joined.release();
        assertThat(fragments.response(0).refCnt()).isEqualTo(1);
        assertThat(fragments.response(1).refCnt()).isEqualTo(1);
    }

    @Test
    void joinsTenThousandElements() {
        StringBuilder places = new StringBuilder();
        StringBuilder even = new StringBuilder("*5000\r\n");
        StringBuilder odd = new StringBuilder("*5000\r\n");
        StringBuilder expected = new StringBuilder("*10000\r\n");
        for (int i = 0; i < 10_000; i++) {
            String bulk = bulk("v" + i);
            places.append(i % 2).append(' ');
            (i % 2 == 0 ? even : odd).append(bulk);
            expected.append(bulk);
        }
        String joined =
                coalesce(RedisSplit.MGET, places.toString(), even.toString(), odd.toString());
        assertThat(joined).isEqualTo(expected.toString());
    }

    @Test
    void addsUpCounts() {
        assertThat(coalesce(RedisSplit.DEL, "0 1", ":2\r\n", ":40\r\n")).isEqualTo(":42\r\n");
        assertThat(coalesce(RedisSplit.EXISTS, "0 1", ":2147483647\r\n", ":2147483647\r\n"))
                .isEqualTo(":4294967294\r\n");
    }

    @Test
    void answersOkOnceToMset() {
        assertThat(coalesce(RedisSplit.MSET, "0 1", "+OK\r\n", "+OK\r\n")).isEqualTo("+OK\r\n");
    }

    @ParameterizedTest
    @EnumSource
    void answersInvalidArgumentWhenAFragmentGotAnError(RedisSplit split) {
        assertThat(
                        coalesce(
                                split,
                                "0 1 2",
                                "+odd\r\n",
                                "-READONLY You can't write\r\n",
                                "-ERR other\r\n"))
                .isEqualTo("-ERR Invalid argument\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+OK\r\n",
                ":1\r\n",
                "$1\r\na\r\n",
                "*-1\r\n",
                "*0\r\n",
                "*1\r\n$-1\r\n",
                "*3\r\n$-1\r\n$-1\r\n$-1\r\n",
                "*2\r\n*0\r\n$-1\r\n",
                "*2\r\n$-1\r\n",
                "*2\r\n$-1\r\n$9\r\na\r\n",
                "*2\r\n$-1\r\n$x\r\na\r\n",
                "*2",
                "*2\r\n$1",
            })
    void refusesToJoinWhatIsNoArrayOfTwo(String response) {
        assertThat(coalesce(RedisSplit.MGET, "0 1 1", "*1\r\n$-1\r\n", response))
                .isEqualTo(INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+OK\r\n", ":-1\r\n", ":\r\n", ":x\r\n", "$-1\r\n", "*0\r\n"})
    void refusesToAddWhatIsNoCount(String response) {
        assertThat(coalesce(RedisSplit.UNLINK, "0 1", ":1\r\n", response)).isEqualTo(INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+OKAY\r\n", "+QUEUED\r\n", ":1\r\n", "$-1\r\n"})
    void refusesToTakeAnythingElseForOk(String response) {
        assertThat(coalesce(RedisSplit.MSET, "0 1", "+OK\r\n", response)).isEqualTo(INVALID);
    }

    private static String head(RedisSplit split, int keys) {
        ByteBuf out = Unpooled.buffer();
        split.writeHead(out, ANY, keys);
        split.writeTail(out);
        return text(out);
    }

    private static String bulk(String value) {
        return "$" + value.length() + "\r\n" + value + "\r\n";
    }

    private static String coalesce(RedisSplit split, String places, String... responses) {
        ByteBuf joined = split.coalesce(new SampleFragments(places, responses), ALLOCATOR);
        try {
            return text(joined);
        } finally {
            joined.release();
        }
    }

    private static String text(ByteBuf in) {
        return in.toString(StandardCharsets.ISO_8859_1);
    }
}
