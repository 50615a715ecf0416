package io.bilitw.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlushQueueTest {

    /** Its event loop carries all connections of a test. */
    private final EmbeddedChannel turn = new EmbeddedChannel();

    private final Loop loop = new Loop(turn.eventLoop(), 16 * 1024);
    private final List<EmbeddedChannel> sockets = new ArrayList<>();

    @AfterEach
    void close() {
        for (EmbeddedChannel socket : sockets) {
            socket.close();
        }
        turn.runPendingTasks();
        turn.close();
        loop.close();
    }

    @Test
    void writesOnceATurnWhateverWasAppended() {
        Flushes first = new Flushes();
        Flushes second = new Flushes();
        Connection one = connect(new EmbeddedChannel(first));
        Connection two = connect(new EmbeddedChannel(second));
        turn.runPendingTasks();
        first.count = 0;
        second.count = 0;

        for (int i = 0; i < 50; i++) {
            append(one, "a");
            append(two, "b");
        }
        assertThat(first.count).isZero();
        turn.runPendingTasks();

        assertThat(first.count).isEqualTo(1);
        assertThat(second.count).isEqualTo(1);
        assertThat(written(0)).isEqualTo("a".repeat(50));
        assertThat(written(1)).isEqualTo("b".repeat(50));
    }

    @Test
    void writesAgainInTheNextTurn() {
        Connection one = connect(new EmbeddedChannel());
        append(one, "a");
        turn.runPendingTasks();
        append(one, "b");
        turn.runPendingTasks();

        assertThat(written(0)).isEqualTo("ab");
    }

    @Test
    void writesWhatFailingConnectionMakesOthersSay() {
        Connection client = connect(new EmbeddedChannel());
        Connection server =
                connect(
                        new BrokenSocket(),
                        new SampleHandler() {
                            @Override
                            public void onClosed(@Nullable Throwable cause) {
                                append(client, "-ERR");
                            }
                        });
        append(server, "get");
        turn.runPendingTasks();

        assertThat(written(0)).isEqualTo("-ERR");
    }

    @Test
    void writesToTheOthersWhenOneMeetsBug() {
        SampleHandler handler = new SampleHandler();
        Connection broken = connect(new BrokenSocket(), handler);
        Connection sound = connect(new EmbeddedChannel());
        append(broken, "a");
        append(sound, "b");
        turn.runPendingTasks();

        assertThat(written(1)).isEqualTo("b");
        assertThat(broken.isClosed()).isTrue();
        assertThat(handler.events).containsExactly("closed made up");
        append(sound, "c");
        turn.runPendingTasks();
        assertThat(written(1)).isEqualTo("c");
    }

    @Test
    void writesToManyConnections() {
        for (int i = 0; i < 200; i++) {
            append(connect(new EmbeddedChannel()), "x" + i);
        }
        turn.runPendingTasks();

        for (int i = 0; i < 200; i++) {
            assertThat(written(i)).isEqualTo("x" + i);
        }
    }

    private Connection connect(EmbeddedChannel socket) {
        return connect(socket, new SampleHandler());
    }

    private Connection connect(EmbeddedChannel socket, ConnectionHandler handler) {
        Connection connection = new Connection(loop, handler);
        connection.attach(socket);
        connection.start();
        sockets.add(socket);
        return connection;
    }

    private static void append(Connection connection, String text) {
        ByteBuf source = Unpooled.copiedBuffer(text, ISO_8859_1);
        connection.out().append(source, 0, source.readableBytes());
    }

    /** What was written to socket {@code index} since this was asked last. */
    private String written(int index) {
        StringBuilder text = new StringBuilder();
        for (ByteBuf out = sockets.get(index).readOutbound();
                out != null;
                out = sockets.get(index).readOutbound()) {
            text.append(out.toString(ISO_8859_1));
            out.release();
        }
        return text.toString();
    }

    private static final class Flushes extends ChannelOutboundHandlerAdapter {

        private int count;

        @Override
        public void flush(ChannelHandlerContext ctx) {
            count++;
            ctx.flush();
        }
    }

    /** A socket that behaves as Netty must not. */
    private static final class BrokenSocket extends EmbeddedChannel {

        @Override
        public ChannelFuture writeAndFlush(Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            throw new IllegalStateException("made up");
        }
    }
}
