package io.bilitw.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.SamplePool;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.memcache.MemcacheProtocol;
import io.bilitw.protocol.memcache.MemcacheSettings;
import io.bilitw.stats.ServerFigures;
import io.bilitw.stats.ServerMetric;
import io.bilitw.testkit.SampleDialogue;
import io.bilitw.testkit.SampleLoop;
import io.bilitw.testkit.SampleSink;
import io.bilitw.testkit.SampleSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that the server may leave unanswered, and the fences behind them. */
class FenceTest {

    private static final String FENCE = "version\r\n";
    private static final String FENCE_ANSWER = "VERSION 1.6.18\r\n";

    private final MemcacheProtocol protocol =
            new MemcacheProtocol(new MemcacheSettings("alpha", false, "1.2.3"));
    private final SampleLoop loop = new SampleLoop();
    private final SampleConnector connector = new SampleConnector();
    private final SampleSink sink = new SampleSink(new RequestPool());
    private final Server server = server();
    private SampleSocket socket = new SampleSocket();

    @BeforeEach
    void connect() {
        server.preconnect();
        socket = connector.accept(0);
        loop.endTurn();
    }

    @AfterEach
    void close() {
        server.close();
        loop.endTurn();
        connector.close();
        loop.close();
    }

    @Test
    void putsAFenceBehindQuietRequestsOnly() {
        ask("a", "mg a\r\n");
        askQuietly("b", "mg b q\r\n");
        ask("c", "mg c\r\n");
        loop.endTurn();

        assertThat(socket.written()).isEqualTo("mg a\r\nmg b q\r\n" + FENCE + "mg c\r\n");
    }

    @Test
    void hearsSilenceInTheFence() {
        askQuietly("a", "mg a q\r\n");
        askQuietly("b", "mg b q\r\n");
        socket.receive(FENCE_ANSWER);
        assertThat(sink.answers()).containsExactly("a silence");
        socket.receive(FENCE_ANSWER);

        assertThat(sink.answers()).containsExactly("b silence");
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void tellsResponseAtOnceAndDropsTheFenceBehindIt() {
        askQuietly("a", "mg a q\r\n");
        ask("b", "mg b\r\n");
        socket.receive("HD\r\n");
        assertThat(sink.answers()).containsExactly("a HD");
        socket.receive(FENCE_ANSWER + "EN\r\n");

        assertThat(sink.answers()).containsExactly("b EN");
        assertThat(server.counters().value(ServerMetric.RESPONSES)).isEqualTo(2);
    }

    @Test
    void tellsTheFenceFromTheAnswerToTheSameRequest() {
        askQuietly("a", "mg a q\r\n");
        ask("b", "version\r\n");
        askQuietly("c", "mg c q\r\n");
        ask("d", "version\r\n");
        socket.receive("HD\r\n" + FENCE_ANSWER + "VERSION b\r\n");
        socket.receive(FENCE_ANSWER + "VERSION d\r\n");

        assertThat(sink.answers())
                .containsExactly("a HD", "b VERSION b", "c silence", "d VERSION d");
        assertThat(socket.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HD\r\nEN\r\n",
                "HD\r\nHD\r\n" + FENCE_ANSWER,
                "EN\r\nVALUE a 0 0\r\n\r\nEND\r\n"
            })
    void endsTheConnectionWhenTheFenceIsNotAnsweredInItsTurn(String answers) {
        askQuietly("a", "mg a q\r\n");
        ask("b", "mg b\r\n");
        socket.receive(answers);

        assertThat(sink.answers()).hasSize(2).last().isEqualTo("b failed: Invalid argument");
        assertThat(socket.isOpen()).isFalse();
        assertThat(server.failuresInRow()).isEqualTo(1);
    }

    @Test
    void endsTheConnectionWhenNobodyAskedForAFence() {
        socket.receive(FENCE_ANSWER);

        assertThat(socket.isOpen()).isFalse();
        assertThat(server.counters().value(ServerMetric.SERVER_ERR)).isEqualTo(1);
    }

    @Test
    void failsQuietRequestsLikeOthers() {
        askQuietly("a", "mg a q\r\n");
        askQuietly("b", "mg b q\r\n");
        socket.receive("HD\r\n");
        socket.end();

        assertThat(sink.answers()).containsExactly("a HD", "b failed: unknown");
    }

    @Test
    void owesNoFenceAfterItHasReconnected() {
        askQuietly("a", "mg a q\r\n");
        socket.receive("HD\r\n");
        socket.end(); // before the fence was answered
        ask("b", "version\r\n");
        connector.accept(1).receive("VERSION b\r\n");

        assertThat(sink.answers()).containsExactly("a HD", "b VERSION b");
    }

    private void ask(String name, String text) {
        send(sink.request(name), text);
    }

    private void askQuietly(String name, String text) {
        Request request = sink.request(name);
        request.makeQuiet();
        send(request, text);
    }

    private void send(Request request, String text) {
        ByteBuf source = Unpooled.copiedBuffer(text, ISO_8859_1);
        server.connectionFor(new SampleDialogue(protocol, 1).dialogue())
                .send(request, source, 0, source.readableBytes());
    }

    private Server server() {
        return new Server(
                0,
                SamplePool.of(1, "redis: false").servers().getFirst(),
                new ServerSettings("alpha", 1, 0, Long.MAX_VALUE, false, 3, 0),
                protocol,
                loop.loop(),
                connector,
                new ServerFigures(),
                SampleListener.DEAF);
    }
}
