package io.bilitw.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private final SlowChannel socket = new SlowChannel();
    private final Loop loop = new Loop(socket.eventLoop(), 16 * 1024);
    private final SampleHandler handler = new SampleHandler();
    private final Connection connection = new Connection(loop, handler);

    @AfterEach
    void close() {
        connection.close();
        socket.runPendingTasks();
        socket.finishAndReleaseAll();
        loop.close();
    }

    @Test
    void keepsWhatIsQueuedUntilItIsStarted() {
        append("queued ");
        connection.attach(socket);
        append("early");
        socket.runPendingTasks();
        assertThat(written()).isEmpty();

        connection.start();
        socket.runPendingTasks();

        assertThat(written()).isEqualTo("queued early");
    }

    @Test
    void writesPastTheQueueBeforeItIsStarted() {
        append("request");
        connection.attach(socket);
        connection.writeFirst("hello ".getBytes(ISO_8859_1));
        connection.start();
        socket.runPendingTasks();

        assertThat(written()).isEqualTo("hello request");
    }

    @Test
    void keepsTheOrderOfShortAndLongPieces() {
        open();
        append("short");
        append("l".repeat(10_000));
        append("short again");
        socket.runPendingTasks();

        assertThat(written()).isEqualTo("short" + "l".repeat(10_000) + "short again");
    }

    @Test
    void givesBackWhatWasRead() {
        open();
        ByteBuf in = buffer("one\ntwo\nrest");
        socket.writeInbound(in);

        assertThat(handler.events).containsExactly("line one", "line two");
        assertThat(in.refCnt()).isZero();
    }

    @Test
    void readsAndThrowsAwayWhatComesAfterTheLastAnswerAlsoIfItWasPaused() {
        open();
        connection.pause();
        assertThat(socket.config().isAutoRead()).isFalse();
        append("last words");
        connection.finish();
        socket.runPendingTasks();

        assertThat(socket.config().isAutoRead()).isTrue();
    }

    @Test
    void writesAllThenClosesWhenFinished() {
        open();
        append("last words");
        connection.finish();
        assertThat(socket.isOpen()).isTrue();
        socket.runPendingTasks();

        assertThat(written()).isEqualTo("last words");
        assertThat(socket.isOpen()).isFalse();
        assertThat(handler.events).containsExactly("closed in good order");
    }

    @Test
    void gathersWhatComesWhileThePeerDoesNotRead() {
        open();
        socket.isStuck = true;
        for (int turn = 0; turn < 1000; turn++) {
            append("" + turn % 10);
            socket.runPendingTasks();
        }
        assertThat(socket.unsafe().outboundBuffer().size()).isLessThan(5);

        socket.isStuck = false;
        socket.flush();
        socket.runPendingTasks();

        assertThat(written()).isEqualTo("0123456789".repeat(100));
    }

    @Test
    void writesAllToThePeerThatEndsItsOwnSideAfterItIsFinished() {
        open();
        socket.isStuck = true;
        append("first words ");
        socket.runPendingTasks();
        append("last words");
        connection.finish();
        socket.runPendingTasks();
        socket.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        socket.runPendingTasks();
        assertThat(socket.isOpen()).isTrue();

        socket.isStuck = false;
        socket.flush();
        socket.runPendingTasks();

        assertThat(written()).isEqualTo("first words last words");
        assertThat(socket.isOpen()).isFalse();
    }

    @Test
    void losesNoBufferWhenThePeerGoesThatDoesNotRead() {
        open();
        socket.isStuck = true;
        append("taken by nobody");
        socket.runPendingTasks();
        append("gathered");
        socket.runPendingTasks();
        socket.close();
        socket.runPendingTasks();

        assertThat(connection.out().isEmpty()).isTrue();
        assertThat(handler.events).hasSize(1);
    }

    @Test
    void throwsInputAwayOnceItIsFinished() {
        open();
        connection.finish();
        ByteBuf in = buffer("more\n");
        socket.writeInbound(in);

        assertThat(handler.events).doesNotContain("line more");
        assertThat(in.refCnt()).isZero();
    }

    @Test
    void closesAtOnceWithoutWord() {
        open();
        append("lost");
        connection.close();
        socket.runPendingTasks();

        assertThat(connection.isClosed()).isTrue();
        assertThat(socket.isOpen()).isFalse();
        assertThat(written()).isEmpty();
        assertThat(handler.events).isEmpty();
    }

    @Test
    void tellsOnceThatThePeerHasClosed() {
        open();
        socket.close();
        connection.close();
        socket.runPendingTasks();

        assertThat(handler.events).containsExactly("closed in good order");
    }

    @Test
    void tellsWhyTheSocketFailed() {
        open();
        socket.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        socket.runPendingTasks();

        assertThat(handler.events).containsExactly("closed Connection reset by peer");
        assertThat(socket.isOpen()).isFalse();
    }

    @Test
    void tellsThatThePeerSendsNoMore() {
        open();
        socket.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        append("answer");
        socket.runPendingTasks();

        assertThat(handler.events).containsExactly("input end");
        assertThat(written()).isEqualTo("answer");
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void closesWhenHandlerMeetsBugAndLosesNoBuffer() {
        Connection broken =
                new Connection(
                        loop,
                        new SampleHandler() {
                            @Override
                            public void onRead(ByteBuf in) {
                                throw new IllegalStateException("made up");
                            }
                        });
        broken.attach(socket);
        broken.start();
        ByteBuf in = buffer("anything");
        socket.writeInbound(in);

        assertThat(broken.isClosed()).isTrue();
        assertThat(socket.isOpen()).isFalse();
        assertThat(in.refCnt()).isZero();
    }

    @Test
    void losesNoBufferWhenItsHandlerClosesIt() {
        Connection[] self = new Connection[1];
        self[0] =
                new Connection(
                        loop,
                        new SampleHandler() {
                            @Override
                            public void onRead(ByteBuf in) {
                                self[0].out().append(in, 0, 3);
                                self[0].close();
                                self[0].out().append(in, 0, 3);
                            }
                        });
        self[0].attach(socket);
        self[0].start();
        ByteBuf in = buffer("anything");
        socket.writeInbound(in);

        assertThat(in.refCnt()).isZero();
        assertThat(self[0].out().isEmpty()).isTrue();
    }

    private void open() {
        connection.attach(socket);
        connection.start();
        socket.runPendingTasks();
    }

    private void append(String text) {
        ByteBuf source = buffer(text);
        connection.out().append(source, 0, source.readableBytes());
        source.release();
    }

    private String written() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf out = socket.readOutbound(); out != null; out = socket.readOutbound()) {
            text.append(out.toString(ISO_8859_1));
            out.release();
        }
        return text.toString();
    }

    private static ByteBuf buffer(String text) {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer();
        buffer.writeCharSequence(text, ISO_8859_1);
        return buffer;
    }

    /** A socket whose send buffer can be full. */
    private static final class SlowChannel extends EmbeddedChannel {

        private boolean isStuck;

        @Override
        protected void doWrite(ChannelOutboundBuffer in) throws Exception {
            if (!isStuck) {
                super.doWrite(in);
            }
        }
    }
}
