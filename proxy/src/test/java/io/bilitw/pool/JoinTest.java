package io.bilitw.pool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.Split;
import io.bilitw.protocol.redis.RedisProtocol;
import io.bilitw.protocol.redis.RedisSettings;
import io.bilitw.protocol.redis.Wire;
import io.bilitw.stats.SlowLog;
import io.bilitw.testkit.SampleDialogue;
import io.bilitw.testkit.SampleLoop;
import io.bilitw.testkit.SampleSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Joins real commands of redis: MGET, whose responses have an order, and DEL. */
class JoinTest {

    private final SampleLoop loop = new SampleLoop();
    private final RequestPool requests = new RequestPool();
    private final SampleSink sink = new SampleSink(requests);
    private final List<Request> fragments = new ArrayList<>();

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void answersWhenTheLastResponseHasCome() {
        Join join = join("MGET", 0, 1, 0, 2);
        respond(join, 2, "*1\r\n$1\r\nd\r\n");
        respond(join, 0, "*2\r\n$1\r\na\r\n$1\r\nc\r\n");
        assertThat(sink.answers()).isEmpty();

        respond(join, 1, "*1\r\n$-1\r\n");

        assertThat(sink.answers())
                .containsExactly("whole *4\r\n$1\r\na\r\n$-1\r\n$1\r\nc\r\n$1\r\nd");
    }

    @Test
    void passesLongValuesOnWithoutCopyAndReleasesThem() {
        String value = "x".repeat(10_000);
        Join join = join("MGET", 0, 1);
        ByteBuf response = buffer("*1\r\n" + Wire.bulk(value));
        join.onResponse(fragments.get(0), response, 0, response.writerIndex());
        assertThat(response.refCnt()).isEqualTo(2);
        respond(join, 1, "*1\r\n" + Wire.bulk("short"));

        assertThat(sink.answers())
                .containsExactly(("whole *2\r\n" + Wire.bulk(value) + Wire.bulk("short")).strip());
        assertThat(response.refCnt()).isEqualTo(1);
        response.release();
    }

    @Test
    void failsWithTheFirstFailureInTheOrderOfTheServers() {
        Join join = join("DEL", 0, 1, 2, 3);
        join.onFailure(fragments.get(2), Failure.TIMED_OUT);
        join.onFailure(fragments.get(1), Failure.RESET);
        respond(join, 0, ":1\r\n");
        assertThat(sink.answers()).isEmpty();
        join.onFailure(fragments.get(3), Failure.HOST_DOWN);

        assertThat(sink.answers()).containsExactly("whole failed: Connection reset by peer");
    }

    @Test
    void prefersFailureOfConnectionToErrorOfServer() {
        Join join = join("DEL", 0, 1);
        respond(join, 0, "-READONLY x\r\n");
        join.onFailure(fragments.get(1), Failure.CLOSED);

        assertThat(sink.answers()).containsExactly("whole failed: unknown");
    }

    @Test
    void answersInvalidArgumentForErrorOfServer() {
        Join join = join("DEL", 0, 1);
        respond(join, 1, "-READONLY x\r\n");
        respond(join, 0, ":1\r\n");

        assertThat(sink.answers()).containsExactly("whole -ERR Invalid argument");
    }

    @Test
    void givesItsFragmentsBack() {
        Join join = join("DEL", 0, 1);
        respond(join, 0, ":1\r\n");
        join.onFailure(fragments.get(1), Failure.CLOSED);

        List<Request> free = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            free.add(requests.take(join));
        }
        assertThat(free).containsAll(fragments);
    }

    private Join join(String command, int... fragmentOf) {
        int count = 0;
        for (int fragment : fragmentOf) {
            count = Math.max(count, fragment + 1);
        }
        Join join =
                new Join(
                        sink.request("whole"),
                        split(command),
                        count,
                        fragmentOf,
                        loop.loop(),
                        requests);
        for (int i = 0; i < count; i++) {
            fragments.add(requests.take(join, i));
        }
        return join;
    }

    private static Split split(String command) {
        SampleDialogue dialogue =
                new SampleDialogue(
                        new RedisProtocol(
                                new RedisSettings("alpha", null, 0, "1.2.3", SlowLog.inProcess())),
                        1);
        dialogue.say(Wire.array(command, "a", "b"));
        return dialogue.dialogue().split();
    }

    /**
     * Lends {@code response} to the join, in the middle of a buffer that is written anew after it.
     */
    private void respond(Join join, int fragment, String response) {
        ByteBuf in = buffer("##" + response + "##");
        join.onResponse(fragments.get(fragment), in, 2, response.length());
        in.setZero(0, in.writerIndex()).release();
    }

    private static ByteBuf buffer(String text) {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer();
        buffer.writeCharSequence(text, ISO_8859_1);
        return buffer;
    }
}
