package io.bilitw.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.SampleFragments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins elements of one letter each, repeated: {@code aaabb} is {@code aaa} and {@code bb}. */
class ElementJoinTest {

    private static final byte[] HEAD = {'<'};
    private static final byte[] TAIL = {'>'};

    @Test
    void putsElementsInTheOrderOfTheKeysBetweenHeadAndTail() {
        assertThat(join("1 0 1 0", "bbd", "acc")).isEqualTo("<abbccd>");
    }

    @Test
    void joinsNothingToHeadAndTail() {
        assertThat(join("0 1", "", "")).isEqualTo("<>");
    }

    @Test
    void refusesResponseWithMoreElementsThanItsFragmentHasKeys() {
        assertThat(join("0 1", "ab", "c")).isNull();
    }

    @Test
    void refusesElementThatIsNone() {
        assertThat(join("0 1", "a", "?")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void laysLongAndShortElementsInTurn(int more) {
        String a = "a".repeat(ElementJoin.MAX_COPIED_BYTES + more);
        String c = "c".repeat(ElementJoin.MAX_COPIED_BYTES + more);
        assertThat(join("0 1 0", a + c, "b")).isEqualTo("<" + a + "b" + c + ">");
        assertThat(join("0 1 0 1", "b" + "d", a + c)).isEqualTo("<b" + a + "d" + c + ">");
    }

    @Test
    void sharesTwoLongElementsSideBySide() {
        String a = "a".repeat(5000);
        String b = "b".repeat(6000);
        SampleFragments fragments = new SampleFragments("0 0", a + b);
        ByteBuf joined = requireNonNull(join(fragments, cursors(fragments)));

        assertThat(joined)
                .isInstanceOfSatisfying(
                        CompositeByteBuf.class,
                        pieces -> assertThat(pieces.numComponents()).isEqualTo(4));
        assertThat(joined.toString(ISO_8859_1)).isEqualTo("<" + a + b + ">");
        assertThat(fragments.response(0).refCnt()).isEqualTo(3);
        joined.release();
        assertThat(fragments.response(0).refCnt()).isEqualTo(1);
    }

    @Test
    void refusesMoreThanABufferHolds() {
        assertThat(join(new Claim(1_500_000_000, 1_500_000_000))).isNull();
        assertThat(join(new Claim(Integer.MAX_VALUE, 0))).isNull();
    }

    /** With so few long ones the short ones do not all have room where the first are copied to. */
    @Test
    void joinsManyShortElementsBehindLongOnes() {
        String longOne = "L".repeat(10_000_000);
        StringBuilder places = new StringBuilder("0");
        StringBuilder shortOnes = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            places.append(" 1");
            shortOnes.append((i % 2 == 0 ? "a" : "b").repeat(4000));
        }
        String joined = join(places.toString(), longOne, shortOnes.toString());
        assertThat(joined).isEqualTo("<" + longOne + shortOnes + ">");
        assertThat(join("1 0", longOne, "a?")).isNull();
        assertThat(join(places + " 1", longOne, shortOnes + "?")).isNull();
    }

    private static @Nullable String join(String places, String... responses) {
        SampleFragments fragments = new SampleFragments(places, responses);
        ByteBuf joined = join(fragments, cursors(fragments));
        if (joined == null) {
            return null;
        }
        try {
            return joined.toString(ISO_8859_1);
        } finally {
            joined.release();
        }
    }

    private static @Nullable ByteBuf join(Fragments fragments, ElementCursor... cursors) {
        return ElementJoin.join(fragments, cursors, HEAD, TAIL, UnpooledByteBufAllocator.DEFAULT);
    }

    private static ElementCursor[] cursors(SampleFragments fragments) {
        ElementCursor[] cursors = new ElementCursor[fragments.count()];
        for (int i = 0; i < cursors.length; i++) {
            cursors[i] = new Letters(fragments, i);
        }
        return cursors;
    }

    /** A walk over runs of one letter; a question mark is no element. */
    private static final class Letters implements ElementCursor {

        private final ByteBuf response;
        private final int first;
        private final int to;
        private int next;

        Letters(Fragments fragments, int fragment) {
            response = fragments.response(fragment);
            first = fragments.responseFrom(fragment);
            to = fragments.responseTo(fragment);
            next = first;
        }

        @Override
        public int next(int key) {
            int from = next;
            while (next < to && response.getByte(next) == response.getByte(from)) {
                next++;
            }
            return from < to && response.getByte(from) == '?' ? -1 : next - from;
        }

        @Override
        public boolean isAtEnd() {
            return next == to;
        }

        @Override
        public ByteBuf response() {
            return response;
        }

        @Override
        public int first() {
            return first;
        }
    }

    /** Responses that are said to have so many bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Claim(int... bytes) implements Fragments {

        @Override
        public int count() {
            return bytes.length;
        }

        @Override
        public ByteBuf response(int fragment) {
            throw new AssertionError("too long to be joined");
        }

        @Override
        public int responseFrom(int fragment) {
            return 0;
        }

        @Override
        public int responseTo(int fragment) {
            return bytes[fragment];
        }

        @Override
        public int keyCount() {
            return bytes.length;
        }

        @Override
        public int fragmentOf(int key) {
            return key;
        }

        @Override
        public ByteBuf parts() {
            throw new AssertionError("too long to be joined");
        }

        @Override
        public int partsFrom() {
            return 0;
        }

        @Override
        public int partsTo() {
            return 0;
        }
    }
}
