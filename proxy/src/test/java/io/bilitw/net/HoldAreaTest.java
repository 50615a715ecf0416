package io.bilitw.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldAreaTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Loop loop = new Loop(channel.eventLoop(), 16 * 1024);
    private final HoldArea area = loop.holdArea();

    @AfterEach
    void close() {
        channel.close();
        loop.close();
    }

    @Test
    void copiesShortResponsesIntoOneChunk() {
        ByteBuf in = read("firstsecond");
        ByteBuf first = area.hold(in, 0, 5);
        int firstFrom = area.heldFrom();
        ByteBuf second = area.hold(in, 5, 6);
        int secondFrom = area.heldFrom();
        in.clear().writeZero(11);

        assertThat(second).isSameAs(first);
        assertThat(text(first, firstFrom, 5)).isEqualTo("first");
        assertThat(text(second, secondFrom, 6)).isEqualTo("second");
        first.release();
        second.release();
    }

    @Test
    void copiesLongResponseThatTheNextReadOverwrites() {
        ByteBuf in = read("-" + "x".repeat(5000));
        ByteBuf held = area.hold(in, 1, 5000);
        in.clear().writeZero(5001);

        assertThat(area.heldFrom()).isZero();
        assertThat(held.capacity()).isEqualTo(5000);
        assertThat(text(held, 0, 5000)).isEqualTo("x".repeat(5000));
        held.release();
        assertThat(held.refCnt()).isZero();
    }

    @Test
    void sharesLongResponseThatHasItsOwnBuffer() {
        ByteBuf in = ByteBufAllocator.DEFAULT.directBuffer();
        in.writeZero(10_000);

        ByteBuf held = area.hold(in, 7, 9000);

        assertThat(held).isSameAs(in);
        assertThat(area.heldFrom()).isEqualTo(7);
        assertThat(in.refCnt()).isEqualTo(2);
        in.release(2);
    }

    @Test
    void usesTheChunkAgainWhenNobodyHoldsIt() {
        ByteBuf in = read("response");
        ByteBuf first = area.hold(in, 0, 8);
        ByteBuf second = area.hold(in, 0, 8);
        first.release();
        assertThat(area.hold(in, 0, 8)).isSameAs(second);
        assertThat(area.heldFrom()).isEqualTo(16);
        second.release(2);

        ByteBuf third = area.hold(in, 0, 8);

        assertThat(area.heldFrom()).isZero();
        third.release();
    }

    @Test
    void leavesFullChunkToWhoHoldsIt() {
        ByteBuf in = read("x".repeat(4000));
        ByteBuf first = area.hold(in, 0, 4000);
        for (int i = 0; i < 3; i++) {
            area.hold(in, 0, 4000).release();
        }
        ByteBuf next = area.hold(in, 0, 4000);

        assertThat(next).isNotSameAs(first);
        assertThat(area.heldFrom()).isZero();
        assertThat(text(first, 0, 4000)).isEqualTo("x".repeat(4000));
        first.release();
        assertThat(first.refCnt()).isZero();
        next.release();
    }

    /** The loop's read buffer with {@code text} in it. */
    private ByteBuf read(String text) {
        ByteBuf buffer = loop.readBuffer().clear();
        buffer.writeCharSequence(text, ISO_8859_1);
        return buffer;
    }

    private static String text(ByteBuf in, int from, int bytes) {
        return in.toString(from, bytes, ISO_8859_1);
    }
}
