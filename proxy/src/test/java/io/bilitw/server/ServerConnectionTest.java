package io.bilitw.server;

import static io.bilitw.protocol.redis.Wire.array;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.SamplePool;
import io.bilitw.config.ServerConfig;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.redis.RedisProtocol;
import io.bilitw.protocol.redis.RedisSettings;
import io.bilitw.stats.ServerFigures;
import io.bilitw.stats.ServerMetric;
import io.bilitw.stats.SlowLog;
import io.bilitw.testkit.SampleDialogue;
import io.bilitw.testkit.SampleLoop;
import io.bilitw.testkit.SampleSink;
import io.bilitw.testkit.SampleSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConnectionTest {

    private final SampleLoop loop = new SampleLoop();
    private final SampleConnector connector = new SampleConnector();
    private final SampleSink sink = new SampleSink(new RequestPool());
    private Server server = server(null, 0, 0);

    @AfterEach
    void close() {
        server.close();
        loop.endTurn();
        connector.close();
        loop.close();
    }

    @Test
    void keepsRequestsUntilItIsConnected() {
        send("a", "get a\n");
        send("b", "get b\n");
        loop.endTurn();

        SampleSocket socket = connector.accept(0);
        loop.endTurn();

        assertThat(connector.addresses()).containsExactly("127.0.0.1:6379");
        assertThat(socket.written()).isEqualTo("get a\nget b\n");
        assertThat(value(ServerMetric.REQUESTS)).isEqualTo(2);
        assertThat(value(ServerMetric.REQUEST_BYTES)).isEqualTo(12);
        assertThat(value(ServerMetric.SERVER_CONNECTIONS)).isEqualTo(1);
    }

    @Test
    void saysTheHandshakeStepByStepBeforeAnyRequest() {
        server = server("s3cret", 3, 0);
        send("a", "get a\n");
        SampleSocket socket = connector.accept(0);
        loop.endTurn();
        assertThat(socket.written()).isEqualTo("*2\r\n$4\r\nAUTH\r\n$6\r\ns3cret\r\n");

        socket.receive("+OK\r\n");
        loop.endTurn();
        assertThat(socket.written()).isEqualTo("*2\r\n$6\r\nSELECT\r\n$1\r\n3\r\n");

        socket.receive("+OK\r\n");
        loop.endTurn();
        assertThat(socket.written()).isEqualTo("get a\n");
        assertThat(sink.answers()).isEmpty();

        socket.receive("$1\r\nx\r\n");
        assertThat(sink.answers()).containsExactly("a $1\r\nx");
        assertThat(value(ServerMetric.RESPONSES)).isEqualTo(1);
    }

    @Test
    void failsWhenTheServerRefusesStepOfTheHandshake() {
        server = server("s3cret", 99, 0);
        send("a", "get a\n");
        SampleSocket socket = connector.accept(0);
        socket.receive("+OK\r\n");
        socket.receive("-ERR DB index is out of range\r\n+never\r\n");
        loop.endTurn();

        assertThat(sink.answers())
                .containsExactly(
                        "a failed: SELECT 99 failed on server: ERR DB index is out of range");
        assertThat(socket.isOpen()).isFalse();
        assertThat(socket.written()).doesNotContain("get");
        assertThat(value(ServerMetric.SERVER_ERR)).isEqualTo(1);
        assertThat(value(ServerMetric.SERVER_CONNECTIONS)).isZero();
        assertThat(server.failuresInRow()).isEqualTo(1);
    }

    @Test
    void givesEachResponseToTheOldestRequest() {
        send("a", "get a\n");
        send("b", "get b\n");
        send("c", "get c\n");
        SampleSocket socket = connector.accept(0);
        socket.receive("+1\r\n$1");
        assertThat(sink.answers()).containsExactly("a +1");
        socket.receive("0\r\n01234");
        socket.receive("56789\r");
        assertThat(sink.answers()).isEmpty();
        socket.receive("\n-ERR no\r\n");

        assertThat(sink.answers()).containsExactly("b $10\r\n0123456789", "c -ERR no");
        assertThat(value(ServerMetric.RESPONSE_BYTES)).isEqualTo(4 + 17 + 9);
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void givesResponseLongerThanAnyReadWhole() {
        send("a", "get a\n");
        send("b", "get b\n");
        SampleSocket socket = connector.accept(0);
        String value = "0123456789".repeat(30_000);
        socket.receive("$300000\r\n" + value + "\r\n+next\r\n");

        assertThat(sink.answers()).containsExactly("a $300000\r\n" + value, "b +next");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+stray\r\n", "garbage\r\n", ">1\r\n+x\r\n"})
    void closesWhenTheServerSpeaksOutOfTurnOrOutOfProtocol(String response) {
        SampleSocket socket = connected();
        socket.receive(response);

        assertThat(socket.isOpen()).isFalse();
        assertThat(value(ServerMetric.SERVER_ERR)).isEqualTo(1);
        assertThat(server.failuresInRow()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-LOADING x\r\n", "-OOM\r\n", "-BUSY script\r\n", "?\r\n"})
    void failsAllThatIsOutstandingWhenTheServerCanServeNobody(String response) {
        SampleSocket socket = connected();
        send("a", "get a\n");
        send("b", "get b\n");
        socket.receive(response + "+OK\r\n");

        assertThat(sink.answers())
                .containsExactly("a failed: Invalid argument", "b failed: Invalid argument");
        assertThat(socket.isOpen()).isFalse();
        assertThat(value(ServerMetric.RESPONSES)).isZero();
    }

    @Test
    void failsAllThatIsOutstandingWhenTheServerCloses() {
        SampleSocket socket = connected();
        send("a", "get a\n");
        loop.endTurn();
        send("b", "get b\n"); // not even written
        socket.receive("$100\r\nbeginning");
        socket.end();

        assertThat(sink.answers()).containsExactly("a failed: unknown", "b failed: unknown");
        assertThat(value(ServerMetric.SERVER_EOF)).isEqualTo(1);
        assertThat(value(ServerMetric.SERVER_CONNECTIONS)).isZero();
        assertThat(server.failuresInRow()).isEqualTo(1);
    }

    @Test
    void doesNotBlameTheServerForClosingAnIdleConnection() {
        connected().end();

        assertThat(server.failuresInRow()).isZero();
        assertThat(value(ServerMetric.SERVER_EOF)).isEqualTo(1);
    }

    @Test
    void tellsWhyTheConnectionFailed() {
        SampleSocket socket = connected();
        send("a", "get a\n");
        socket.fail(
                new IOException(
                        "recvAddress(..) failed with error(-104): Connection reset by peer"));

        assertThat(sink.answers()).containsExactly("a failed: Connection reset by peer");
        assertThat(value(ServerMetric.SERVER_ERR)).isEqualTo(1);
    }

    @Test
    void failsWhenItCannotConnect() {
        send("a", "get a\n");
        connector.refuse(0, refused());
        loop.endTurn();

        assertThat(sink.answers()).containsExactly("a failed: Connection refused");
        assertThat(value(ServerMetric.SERVER_CONNECTIONS)).isZero();
    }

    @Test
    void opensNewConnectionForTheNextRequest() {
        connected().end();
        send("a", "get a\n");
        SampleSocket socket = connector.accept(1);
        loop.endTurn();
        assertThat(socket.written()).isEqualTo("get a\n");
        socket.receive("+1\r\n");

        assertThat(sink.answers()).containsExactly("a +1");
    }

    @Test
    void forgetsFailuresAtAnyResponse() {
        send("a", "get a\n");
        connector.refuse(0, refused());
        assertThat(server.failuresInRow()).isEqualTo(1);
        send("b", "get b\n");
        connector.accept(1).receive("-ERR any\r\n");

        assertThat(server.failuresInRow()).isZero();
    }

    @Test
    void failsAllThatIsOutstandingWhenTheOldestRunsOutOfTime() {
        server = server(null, 0, 1);
        send("a", "get a\n");
        send("b", "get b\n");
        SampleSocket socket = connector.accept(0);
        loop.endTurn();

        assertThat(sink.answers())
                .containsExactly(
                        "a failed: Connection timed out", "b failed: Connection timed out");
        assertThat(socket.isOpen()).isFalse();
        assertThat(value(ServerMetric.SERVER_TIMEDOUT)).isEqualTo(1);
        assertThat(server.failuresInRow()).isEqualTo(1);
    }

    @Test
    void leavesAnsweredRequestsAloneWhenTheirTimeIsUp() {
        server = server(null, 0, 1);
        send("a", "get a\n");
        SampleSocket socket = connector.accept(0);
        socket.receive("+1\r\n");
        loop.endTurn();
        loop.endTurn();

        assertThat(sink.answers()).containsExactly("a +1");
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void givesConnectAsMuchTimeAsRequest() {
        server = server(null, 0, 400_000_000);
        send("a", "get a\n");
        assertThat(connector.connectMillis(0)).isEqualTo(400);
    }

    @Test
    void keepsClientOnOneConnection() {
        server =
                new Server(
                        0,
                        config(),
                        new ServerSettings("alpha", 2, 0, Long.MAX_VALUE, false, 3, 0),
                        protocol(null, 0),
                        loop.loop(),
                        connector,
                        new ServerFigures(),
                        SampleListener.DEAF);

        assertThat(connectionOf(1)).isSameAs(connectionOf(3));
        assertThat(connectionOf(2)).isNotSameAs(connectionOf(1));
        assertThat(connector.addresses()).hasSize(2);
        server.preconnect();
        assertThat(connector.addresses()).hasSize(2);
    }

    @Test
    void servesClientOfResp3OverItsOwnConnection() {
        server = server("s3cret", 3, 0);
        ServerConnection ofOthers = connectionOf(1);
        SampleDialogue client = new SampleDialogue(protocol(null, 0), 1);
        client.ask(array("HELLO", "3"));

        assertThat(server.connectionFor(client.dialogue())).isNotSameAs(ofOthers);
        SampleSocket socket = connector.accept(1);
        StringBuilder said = new StringBuilder(socket.written());
        for (String answer : List.of("+OK\r\n", "%1\r\n+proto\r\n:3\r\n", "+OK\r\n")) {
            socket.receive(answer);
            said.append(socket.written());
        }

        assertThat(said.toString())
                .isEqualTo(array("AUTH", "s3cret") + array("HELLO", "3") + array("SELECT", "3"));
    }

    @Test
    void doesNotBlameOldServerForNotSpeakingResp3() {
        SampleDialogue client = new SampleDialogue(protocol(null, 0), 1);
        client.ask(array("HELLO", "3"));
        ByteBuf source = Unpooled.copiedBuffer("get a\n", ISO_8859_1);
        server.connectionFor(client.dialogue()).send(sink.request("a"), source, 0, 6);
        connector.accept(0).receive("-ERR unknown command 'HELLO'\r\n");

        assertThat(sink.answers())
                .containsExactly("a failed: HELLO 3 failed on server: ERR unknown command 'HELLO'");
        assertThat(server.failuresInRow()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-ERR a\rb c\r\n", "!7\r\nERR a\r\n\r\n"})
    void repeatsServersErrorOnOneLine(String response) {
        refuseResp3(response);

        assertThat(sink.answers()).singleElement().asString().doesNotContainPattern("[\r\n]");
    }

    @Test
    void repeatsOnlyTheBeginningOfServersError() {
        refuseResp3("-ERR " + "x".repeat(100_000) + "\r\n");

        assertThat(sink.answers()).singleElement().asString().hasSizeLessThan(400);
    }

    private void refuseResp3(String response) {
        SampleDialogue client = new SampleDialogue(protocol(null, 0), 1);
        client.ask(array("HELLO", "3"));
        ByteBuf source = Unpooled.copiedBuffer("get a\n", ISO_8859_1);
        server.connectionFor(client.dialogue()).send(sink.request("a"), source, 0, 6);
        connector.accept(0).receive(response);
    }

    @Test
    void leavesConnectionWhoseEndIsNotToldYet() {
        SampleSocket socket = connected();
        ServerConnection ended = connectionOf(1);
        socket.channel().pipeline().addFirst(new SilentEnd());
        socket.end();

        assertThat(connectionOf(1)).isNotSameAs(ended);
    }

    private static IOException refused() {
        return new IOException("connect(..) failed with error(-111): Connection refused");
    }

    private SampleSocket connected() {
        server.preconnect();
        SampleSocket socket = connector.accept(0);
        loop.endTurn();
        return socket;
    }

    private void send(String name, String text) {
        ByteBuf source = Unpooled.copiedBuffer(text, ISO_8859_1);
        connectionOf(1).send(sink.request(name), source, 0, source.readableBytes());
    }

    private ServerConnection connectionOf(long clientId) {
        return server.connectionFor(new SampleDialogue(protocol(null, 0), clientId).dialogue());
    }

    private long value(ServerMetric metric) {
        return server.counters().value(metric);
    }

    private Server server(@Nullable String password, int database, long timeoutNanos) {
        return new Server(
                0,
                config(),
                new ServerSettings("alpha", 1, timeoutNanos, Long.MAX_VALUE, false, 3, 0),
                protocol(password, database),
                loop.loop(),
                connector,
                new ServerFigures(),
                SampleListener.DEAF);
    }

    /** Keeps the news of the end from the connection, as a long turn does. */
    private static final class SilentEnd extends ChannelInboundHandlerAdapter {

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {}
    }

    private static ServerConfig config() {
        return SamplePool.of(1).servers().getFirst();
    }

    private static RedisProtocol protocol(@Nullable String password, int database) {
        return new RedisProtocol(
                new RedisSettings("alpha", password, database, "1.2.3", SlowLog.inProcess()));
    }
}
