package io.bilitw.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadPlanTest {

    private static final int MEGABYTE = 1024 * 1024;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Loop loop = new Loop(channel.eventLoop(), 16 * 1024);
    private final ReadPlan plan = new ReadPlan(loop);

    @AfterEach
    void close() {
        plan.close();
        channel.close();
        loop.close();
        assertThat(loop.readBuffer().refCnt()).isZero();
    }

    @Test
    void readsIntoTheSharedBufferAndKeepsNothingOfWholeMessages() {
        int atRest = loop.readBuffer().refCnt();
        ByteBuf in = read("whole");
        assertThat(loop.isReadBuffer(in)).isTrue();
        consume(in, 5, 0);

        assertThat(text(read("next"))).isEqualTo("next");
        consume(loop.readBuffer(), 4, 0);
        assertThat(loop.readBuffer().refCnt()).isEqualTo(atRest);
    }

    @Test
    void putsTheRestInFrontOfTheNextRead() {
        consume(read("whole|beg"), 6, 0);
        ByteBuf other = loop.readBuffer().clear();
        other.writeZero(100); // another connection's read

        ByteBuf in = read("inning|x");

        assertThat(text(in)).isEqualTo("beginning|x");
        consume(in, 10, 0);
        assertThat(text(read("y"))).isEqualTo("xy");
        consume(loop.readBuffer(), 2, 0);
    }

    @Test
    void keepsTheRestWhileReadsBringNothing() {
        consume(read("beg"), 0, 0);
        plan.allocate(ByteBufAllocator.DEFAULT).release(); // Netty found nothing to read
        plan.allocate(ByteBufAllocator.DEFAULT).release();

        ByteBuf in = read("inning");

        assertThat(text(in)).isEqualTo("beginning");
        consume(in, 9, 0);
    }

    @Test
    void readsLongMessageStraightToItsPlace() {
        consume(read("x".repeat(40_000)), 0, 200_000);
        ByteBuf own = read("y".repeat(100_000));
        assertThat(loop.isReadBuffer(own)).isFalse();
        assertThat(own.readableBytes()).isEqualTo(140_000);
        assertThat(own.capacity()).isEqualTo(ReadBuffers.LARGE_BYTES);
        consume(own, 0, 200_000);

        ByteBuf again = read("z".repeat(60_000));

        assertThat(again).isSameAs(own);
        assertThat(text(again))
                .isEqualTo("x".repeat(40_000) + "y".repeat(100_000) + "z".repeat(60_000));
        consume(again, 200_000, 0);
        assertThat(own.refCnt()).as("that of the loop").isEqualTo(1);
        consume(read("short"), 5, 0);
    }

    @Test
    void leavesLongMessageToWhoRetainsIt() {
        consume(read("x".repeat(40_000)), 0, 70_000);
        ByteBuf own = read("y".repeat(30_000));
        ByteBuf retained = own.retainedSlice(0, 70_000);
        consume(own, 70_000, 0);

        ByteBuf in = read("next");

        assertThat(loop.isReadBuffer(in)).isTrue();
        assertThat(in).isNotSameAs(own);
        assertThat(text(retained)).isEqualTo("x".repeat(40_000) + "y".repeat(30_000));
        consume(in, 4, 0);
        retained.release();
        assertThat(own.refCnt()).as("that of the loop").isEqualTo(1);
    }

    @Test
    void movesWhatFollowsLongMessage() {
        consume(read("x".repeat(65_000)), 0, 70_000);
        ByteBuf own = read("y".repeat(5000) + "beg");
        consume(own, 70_000, 0);

        ByteBuf in = read("inning");

        assertThat(loop.isReadBuffer(in)).isTrue();
        assertThat(text(in)).isEqualTo("beginning");
        consume(in, 9, 0);
    }

    @Test
    void makesNoLargeBufferForWhoHasSentLittle() {
        consume(read("$536870912\r\n"), 0, 536_870_926);

        ByteBuf in = read("x");

        assertThat(loop.isReadBuffer(in)).isTrue();
        consume(in, 13, 0);
    }

    @Test
    void growsLargeBufferAsTheBytesReallyCome() {
        consume(read("x".repeat(40_000)), 0, 500 * MEGABYTE);
        ByteBuf own = fill();
        assertThat(own.capacity()).isEqualTo(MEGABYTE / 4);
        consume(own, 0, 500 * MEGABYTE);

        assertThat(fill().capacity()).isEqualTo(2 * MEGABYTE);
        consume(own, 0, 5 * MEGABYTE);
        assertThat(fill().capacity()).isEqualTo(5 * MEGABYTE);
        consume(own, 5 * MEGABYTE, 0);
    }

    @Test
    void growsLargeBufferOnceForAValueOfSomewhatMoreThanAMegabyte() {
        int expected = MEGABYTE + 10_000;
        consume(read("x".repeat(65_536)), 0, expected);
        ByteBuf own = fill();
        consume(own, 0, expected);

        assertThat(fill().capacity()).isEqualTo(expected);
        consume(own, expected, 0);
    }

    @Test
    void readsManyValuesOfOneMegabyteAtOnce() {
        int expected = MEGABYTE + 40; // with its framing
        List<ReadPlan> plans = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ReadPlan each = new ReadPlan(loop);
            plans.add(each);
            ByteBuf in = each.allocate(ByteBufAllocator.DEFAULT);
            in.writeZero(65_536);
            each.onBytes();
            each.keepRest(in, expected);
            ByteBuf own = each.allocate(ByteBufAllocator.DEFAULT);
            assertThat(own.capacity()).isEqualTo(i < 32 ? ReadBuffers.LARGE_BYTES : MEGABYTE / 4);
            own.release();
        }
        plans.forEach(ReadPlan::close);
    }

    @Test
    void readsMessageThatFitsStraightToItsPlaceOnceEnoughHasCome() {
        consume(read("x".repeat(2_000)), 0, 20_000);
        ByteBuf in = read("x".repeat(1_000));
        assertThat(loop.isReadBuffer(in)).isTrue();
        consume(in, 0, 20_000);

        ByteBuf own = read("y".repeat(10_000));
        assertThat(loop.isReadBuffer(own)).isFalse();
        assertThat(own.capacity()).isEqualTo(20_000);
        assertThat(text(own)).isEqualTo("x".repeat(3_000) + "y".repeat(10_000));
        consume(own, 0, 20_000);
        assertThat(plan.isLong()).isFalse(); // another process could go on with it
        assertThat(new String(plan.kept(), ISO_8859_1)).isEqualTo(text(own));

        consume(read("z".repeat(7_000)), 20_000, 0);
        ByteBuf next = read("next");
        assertThat(loop.isReadBuffer(next)).isTrue();
        assertThat(own.refCnt()).isZero();
        consume(next, 4, 0);
    }

    @Test
    void growsLargeBufferBeyondLengthThatWasTooSmall() {
        consume(read("x".repeat(65_536)), 0, 0);
        ByteBuf own = fill();
        assertThat(own.capacity()).as("that which was read to").isEqualTo(ReadBuffers.BYTES);
        consume(own, 0, 0);

        ByteBuf larger = fill();
        int capacity = larger.capacity();

        assertThat(capacity).isGreaterThan(ReadBuffers.BYTES);
        assertThat(larger.readableBytes()).isEqualTo(capacity);
        assertThat(larger.toString(0, 65_536, ISO_8859_1)).isEqualTo("x".repeat(65_536));
        consume(larger, 0, 0);
        assertThat(fill().capacity()).isGreaterThan(capacity);
        consume(larger, larger.readableBytes(), 0);
    }

    @Test
    void freesTheBeginningThatIsNeverFinished() {
        consume(read("beg"), 0, 0);
        plan.close();
        consume(read("x".repeat(40_000)), 0, 2 * MEGABYTE);
        ByteBuf own = plan.allocate(ByteBufAllocator.DEFAULT);
        plan.close();

        assertThat(own.refCnt()).isEqualTo(1);
        own.release();
    }

    @Test
    void readsOnOnlyIfTheBufferWasFilled() {
        plan.reset(channel.config());
        plan.attemptedBytesRead(100);
        plan.lastBytesRead(99);
        assertThat(plan.continueReading()).isFalse();
        plan.lastBytesRead(100);
        assertThat(plan.continueReading()).isTrue();
    }

    @Test
    void letsOthersReadAfterMegabyte() {
        assertThat(readsInTurn(ReadBuffers.BYTES)).isEqualTo(15);
        assertThat(readsInTurn(MEGABYTE / 2)).isEqualTo(2);
        assertThat(readsInTurn(8 * MEGABYTE)).isEqualTo(1);
    }

    private int readsInTurn(int bytes) {
        plan.reset(channel.config());
        plan.attemptedBytesRead(bytes);
        int reads = 0;
        do {
            plan.incMessagesRead(1);
            plan.lastBytesRead(bytes);
            reads++;
        } while (plan.continueReading() && reads < 1000);
        return reads;
    }

    /** Reads {@code text} as Netty would from a socket. */
    private ByteBuf read(String text) {
        ByteBuf in = plan.allocate(ByteBufAllocator.DEFAULT);
        assertThat(in.writableBytes()).isPositive();
        in.writeCharSequence(text, ISO_8859_1);
        plan.onBytes();
        return in;
    }

    /** Reads as many bytes as fit. */
    private ByteBuf fill() {
        ByteBuf in = plan.allocate(ByteBufAllocator.DEFAULT);
        assertThat(in.writableBytes()).isPositive();
        in.writeZero(in.writableBytes());
        plan.onBytes();
        return in;
    }

    /** Handles {@code bytes} of what was read, of which the rest should become {@code expected}. */
    private void consume(ByteBuf in, int bytes, int expected) {
        in.skipBytes(bytes);
        plan.keepRest(in, expected);
    }

    private static String text(ByteBuf in) {
        return in.toString(ISO_8859_1);
    }
}
