package io.bilitw.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutQueueTest {

    private static final int CHUNK_BYTES = 16 * 1024;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Loop loop = new Loop(channel.eventLoop(), CHUNK_BYTES);
    private final OutQueue out = new Connection(loop, new SampleHandler()).out();

    @AfterEach
    void close() {
        out.close();
        channel.runPendingTasks();
        channel.close();
        loop.close();
    }

    @Test
    void copiesShortPiecesOneBehindTheOther() {
        ByteBuf source = buffer("-first-");
        out.append(source, 1, 5);
        out.append(source, 0, 1);
        source.setZero(0, 7);

        ByteBuf single = requireNonNull(out.takeSingle());

        assertThat(single.toString(ISO_8859_1)).isEqualTo("first-");
        assertThat(source.refCnt()).isEqualTo(1);
        assertThat(source.readerIndex()).isZero();
        single.release();
        source.release();
        assertThat(out.isEmpty()).isTrue();
    }

    @Test
    void passesLongPieceOnByReferenceBetweenCopies() {
        ByteBuf source = buffer("x".repeat(20_000));
        out.append(source, 0, 3);
        out.append(source, 100, 16_384);
        out.append(source, 0, 16_383);

        assertThat(source.refCnt()).isEqualTo(2);
        assertThat(takeAll()).containsExactly(3, 16_384, 16_383);
        assertThat(source.refCnt()).isEqualTo(1);
        source.release();
    }

    @Test
    void copiesPieceThatTheNextReadOverwrites() {
        ByteBuf read = loop.readBuffer();
        read.clear().writeCharSequence("a".repeat(16_000), ISO_8859_1);
        out.append(read, 0, 16_000);
        read.setZero(0, 16_000);

        ByteBuf single = requireNonNull(out.takeSingle());

        assertThat(single.toString(ISO_8859_1)).isEqualTo("a".repeat(16_000));
        assertThat(loop.readBuffer()).isSameAs(read);
        single.release();
    }

    @Test
    void keepsTheReadBufferForAVeryLongPiece() {
        ByteBuf read = loop.readBuffer();
        read.clear().writeCharSequence("a".repeat(60_000), ISO_8859_1);
        out.append(read, 10, 50_000);
        assertThat(loop.readBuffer()).isNotSameAs(read);

        ByteBuf piece = requireNonNull(out.takeNext());
        assertThat(piece.toString(ISO_8859_1)).isEqualTo("a".repeat(50_000));
        assertThat(piece.memoryAddress()).isEqualTo(read.memoryAddress() + 10);
        piece.release();
        out.append(loop.readBuffer(), 0, 20_000);
        assertThat(loop.readBuffer()).as("used again").isSameAs(read);
        assertThat(takeAll()).containsExactly(20_000);
    }

    @Test
    void copiesVeryLongPiecesWhenManyReadBuffersAreKept() {
        int pieces = 40;
        for (int i = 0; i < pieces; i++) {
            loop.readBuffer().clear().writeZero(20_000).setByte(0, i);
            out.append(loop.readBuffer(), 0, 20_000);
        }
        List<Integer> lengths = new ArrayList<>();
        int piece = 0;
        for (ByteBuf next = out.takeNext(); next != null; next = out.takeNext()) {
            lengths.add(next.readableBytes());
            for (int at = 0; at < next.readableBytes(); at += 20_000) {
                assertThat(next.getByte(at)).isEqualTo((byte) piece);
                piece++;
            }
            next.release();
        }
        assertThat(piece).isEqualTo(pieces);
        assertThat(lengths).startsWith(Collections.nCopies(31, 20_000).toArray(Integer[]::new));
        assertThat(lengths).endsWith(120_000, 60_000).hasSize(33);
    }

    @Test
    void takesBackWhatHasNotLeft() {
        append(10);
        append(5);
        assertThat(out.takeBack(4)).isTrue();
        assertThat(takeAll()).containsExactly(11);

        assertThat(out.takeBack(1)).as("it has left").isFalse();
        append(3);
        assertThat(out.takeBack(4)).as("not all of it is in one piece").isFalse();
        assertThat(takeAll()).containsExactly(3);
    }

    @Test
    void movesToLargeChunkWhatSmallOneDoesNotHold() {
        for (int i = 0; i < 9; i++) {
            append(4000);
        }

        assertThat(takeAll()).containsExactly(36_000);
    }

    @Test
    void beginsNewChunkWhenLargeOneIsFull() {
        for (int i = 0; i < 33; i++) {
            append(4000);
        }

        assertThat(out.takeSingle()).isNull();
        assertThat(takeAll()).containsExactly(128_000, 4000);
    }

    @Test
    void givesRoomForMoreThanLargeChunkHolds() {
        append(100);
        out.room(200_000).writeZero(200_000);
        append(10);

        assertThat(takeAll()).containsExactly(100, 200_000, 10);
    }

    @Test
    void usesChunksAgainThatAreGivenBack() {
        append(1);
        ByteBuf first = Objects.requireNonNull(out.takeNext());
        loop.giveBackChunk(first);
        append(2);

        assertThat(out.takeNext()).isSameAs(first);
        assertThat(first.readableBytes()).isEqualTo(2);
        loop.giveBackChunk(first);
    }

    @Test
    void takesOverTheReferenceOfWhatIsAppended() {
        ByteBuf whole = buffer("whole");
        out.appendReference(whole);

        assertThat(whole.refCnt()).isEqualTo(1);
        assertThat(takeAll()).containsExactly(5);
        assertThat(whole.refCnt()).isZero();
    }

    @Test
    void handsOverNoEmptyBuffer() {
        out.room(100);
        out.appendReference(buffer("whole"));
        out.room(100);

        assertThat(takeAll()).containsExactly(5);
        assertThat(out.isEmpty()).isTrue();

        out.room(100);
        assertThat(out.takeSingle()).isNull();
        assertThat(out.isEmpty()).isTrue();
    }

    @Test
    void dropsWhatIsAppendedAfterTheEnd() {
        ByteBuf before = buffer("before");
        ByteBuf after = buffer("after");
        out.appendReference(before);
        out.close();
        out.append(after, 0, 5);
        out.appendReference(after);
        channel.runPendingTasks();

        assertThat(before.refCnt()).isZero();
        assertThat(after.refCnt()).isZero();
        assertThat(out.isEmpty()).isTrue();
    }

    private void append(int bytes) {
        ByteBuf source = buffer("x".repeat(bytes));
        out.append(source, 0, bytes);
        source.release();
    }

    private List<Integer> takeAll() {
        List<Integer> sizes = new ArrayList<>();
        for (ByteBuf next = out.takeNext(); next != null; next = out.takeNext()) {
            sizes.add(next.readableBytes());
            next.release();
        }
        return sizes;
    }

    private static ByteBuf buffer(String text) {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer();
        buffer.writeCharSequence(text, ISO_8859_1);
        return buffer;
    }
}
