package io.bilitw.protocol.redis;

import static io.bilitw.protocol.redis.Wire.array;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Handshake;
import io.bilitw.protocol.Protocol;
import io.bilitw.stats.SlowLog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisProtocolTest {

    @Test
    void saysNothingFirstWithoutPasswordAndDatabase() {
        assertThat(protocol(null, 0).handshake(0)).isEqualTo(Handshake.NONE);
    }

    @Test
    void showsThePasswordBeforeItChoosesTheDatabase() {
        Handshake handshake = protocol("s3cret", 12).handshake(0);

        assertThat(handshake.steps())
                .extracting(step -> new String(step.request(), UTF_8))
                .containsExactly(array("AUTH", "s3cret"), array("SELECT", "12"));
    }

    @Test
    void asksForResp3BetweenPasswordAndDatabase() {
        assertThat(protocol("s3cret", 12).handshake(1).steps())
                .extracting(step -> new String(step.request(), UTF_8))
                .containsExactly(
                        array("AUTH", "s3cret"), array("HELLO", "3"), array("SELECT", "12"));
    }

    @Test
    void canDoWithoutServersThatLackResp3() {
        assertThat(protocol("s3cret", 12).handshake(1).steps())
                .extracting(Handshake.Step::isNeeded)
                .containsExactly(true, false, true);
    }

    @Test
    void choosesDatabaseWithoutPassword() {
        assertThat(protocol(null, 3).handshake(0).steps())
                .singleElement()
                .satisfies(step ->
                        assertThat(step.request()).asString().isEqualTo(array("SELECT", "3")));
    }

    @Test
    void countsThePasswordInBytes() {
        assertThat(protocol("pässwörd", 0).handshake(0).steps())
                .extracting(step -> new String(step.request(), UTF_8))
                .containsExactly("*2\r\n$4\r\nAUTH\r\n$10\r\npässwörd\r\n");
    }

    @Test
    void neverNamesThePassword() {
        RedisSettings settings =
                new RedisSettings("alpha", "s3cret", 0, "1.2.3", SlowLog.inProcess());

        assertThat(settings.toString()).doesNotContain("s3cret");
        assertThat(new RedisProtocol(settings).handshake(0).steps().getFirst().name())
                .isEqualTo("AUTH");
    }

    @ParameterizedTest
    @CsvSource({
        "Connection refused",
        "Connection timed out",
        "Connection reset by peer",
        "unknown",
        "Invalid argument",
        "Host is down",
        "No such file or directory"
    })
    void wordsFailureOfServerAsTwemproxy(String text) {
        assertThat(failure(Failure.server(text))).isEqualTo("-ERR " + text + "\r\n");
    }

    @Test
    void wordsKeysThatLieApartAsRedisCluster() {
        assertThat(failure(Failure.KEYS_APART))
                .isEqualTo("-CROSSSLOT Keys in request don't hash to the same server\r\n");
    }

    @Test
    void wordsThatThereAreTooManyClients() {
        ByteBuf out = Unpooled.buffer();
        protocol(null, 0).writeTooManyClients(out);

        assertThat(out.toString(UTF_8)).isEqualTo("-ERR max number of clients reached\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+PONG\r\n",
                "-ERR unknown command 'PING', with args beginning with: \r\n",
                "-NOPERM User x has no permissions to run the 'ping' command\r\n"
            })
    void takesAnswerToProbeForProofAlsoIfThatMayNotBeAsked(String answer) {
        assertThat(isProof(answer)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+OK\r\n",
                "+PONGO\r\n",
                "$4\r\nPONG\r\n",
                "-ERR max number of clients reached\r\n",
                "-LOADING x\r\n",
                "-NOAUTH x\r\n",
                "-MASTERDOWN x\r\n"
            })
    void takesOtherAnswersToProbeForNoProof(String answer) {
        assertThat(isProof(answer)).isFalse();
    }

    private static boolean isProof(String answer) {
        ByteBuf in = Unpooled.copiedBuffer("x" + answer, UTF_8);
        return protocol(null, 0).isProof(in, 1, answer.length());
    }

    private static String failure(Failure failure) {
        ByteBuf out = Unpooled.buffer();
        protocol(null, 0).writeFailure(failure, out);
        return out.toString(UTF_8);
    }

    private static Protocol protocol(@Nullable String password, int database) {
        return new RedisProtocol(
                new RedisSettings("alpha", password, database, "1.2.3", SlowLog.inProcess()));
    }
}
