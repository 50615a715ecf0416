package io.bilitw.net;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BufferShelfTest {

    private final BufferShelf shelf = new BufferShelf(100, 3);
    private final List<ByteBuf> taken = new ArrayList<>();

    @AfterEach
    void close() {
        shelf.close();
        for (ByteBuf each : taken) {
            if (each.refCnt() > 0) {
                each.release();
            }
        }
    }

    @Test
    void handsOutABufferAgainThatIsBack() {
        ByteBuf first = take();
        ByteBuf second = take();
        assertThat(second).isNotSameAs(first);
        first.writeZero(10);
        ByteBuf slice = first.retainedSlice(0, 5);
        first.release();
        assertThat(take()).as("a slice of the first lives").isNotSameAs(first).isNotSameAs(second);
        slice.release();

        ByteBuf again = take();
        assertThat(again).isSameAs(first);
        assertThat(again.readableBytes()).isZero();
        assertThat(again.writableBytes()).isEqualTo(100);
    }

    @Test
    void hasNoMoreThanItsNumber() {
        take();
        take();
        ByteBuf third = take();
        assertThat(shelf.take()).isNull();
        third.release();
        assertThat(take()).isSameAs(third);
    }

    @Test
    void freesWhatWasNotUsedForAWhile() {
        ByteBuf first = take();
        ByteBuf second = take();
        ByteBuf third = take();
        second.release();
        third.release();
        shelf.tidy();
        assertThat(third.refCnt()).as("it was used just now").isEqualTo(1);

        take().release();
        shelf.tidy();
        assertThat(third.refCnt()).isZero();
        assertThat(second.refCnt()).isEqualTo(1);
        shelf.tidy();
        assertThat(second.refCnt()).isZero();
        shelf.tidy();
        assertThat(first.refCnt()).as("somebody has it").isEqualTo(2);
        first.release();
        shelf.tidy();
        shelf.tidy();
        assertThat(first.refCnt()).isZero();
    }

    @Test
    void leavesABufferToItsHolderWhenClosed() {
        ByteBuf buffer = take();
        shelf.close();
        assertThat(buffer.refCnt()).isEqualTo(1);
    }

    private ByteBuf take() {
        ByteBuf buffer = requireNonNull(shelf.take());
        taken.add(buffer);
        return buffer;
    }
}
