package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Handling;
import io.bilitw.protocol.Handshake;
import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.ResponseMode;
import io.bilitw.protocol.ResponseParser;
import io.bilitw.testkit.SampleDialogue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemcacheProtocolTest {

    private final MemcacheProtocol protocol =
            new MemcacheProtocol(new MemcacheSettings("alpha", false, "1.2.3"));

    @Test
    void needsNoHandshakeInItsOnlyDialect() {
        assertThat(protocol.dialects()).isOne();
        assertThat(protocol.handshake(0)).isEqualTo(Handshake.NONE);
        SampleDialogue client = new SampleDialogue(protocol, 1);
        client.say("get a\r\n");
        assertThat(client.dialogue().dialect()).isZero();
    }

    @Test
    void fencesWithRequestThatAlwaysHasAResponse() {
        SampleDialogue client = new SampleDialogue(protocol, 1);

        assertThat(client.say(new String(protocol.fence(), ISO_8859_1)))
                .isEqualTo(Handling.FORWARD_TO_ANY);
        assertThat(client.dialogue().responseMode()).isEqualTo(ResponseMode.ALWAYS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VERSION 1.6.18\r\n", "VERSION 1.4.0-beta1\r\n"})
    void knowsTheAnswerToTheFence(String answer) {
        assertThat(parsed(answer).isFence()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HD\r\n", "VA 2\r\nhi\r\n", "EN\r\n", "MN\r\n", "ERROR\r\n", "5\r\n"})
    void takesNoAnswerToQuietRequestForThatOfTheFence(String answer) {
        assertThat(parsed(answer).isFence()).isFalse();
    }

    @Test
    void keepsParsersApart() {
        ResponseParser one = protocol.newResponseParser(0);
        assertThat(one.parse(Unpooled.copiedBuffer("VALUE a 0 1\r\n", ISO_8859_1)))
                .isEqualTo(ParseStatus.NEED_MORE);
        assertThat(parsed("END\r\n").length()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection refused",
                "Connection timed out",
                "Connection reset by peer",
                "unknown",
                "Invalid argument",
                "Host is down"
            })
    void namesTheFailureOfAServerAsTwemproxyDoes(String text) {
        ByteBuf out = Unpooled.buffer();
        protocol.writeFailure(Failure.server(text), out);
        assertThat(out.toString(ISO_8859_1)).isEqualTo("SERVER_ERROR " + text + "\r\n");
    }

    @Test
    void tellsOneClientTooManyWhatMemcachedDoes() {
        ByteBuf out = Unpooled.buffer();
        protocol.writeTooManyClients(out);
        assertThat(out.toString(ISO_8859_1)).isEqualTo("ERROR Too many open connections\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MN\r\n", "ERROR\r\n"})
    void takesAnswerToProbeForProofAlsoOfOneTooOldForIt(String answer) {
        assertThat(isProof(answer)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "END\r\n",
                "MNO\r\n",
                "ERROR Too many open connections\r\n",
                "SERVER_ERROR out of memory\r\n"
            })
    void takesOtherAnswersToProbeForNoProof(String answer) {
        assertThat(isProof(answer)).isFalse();
    }

    private boolean isProof(String answer) {
        ByteBuf in = Unpooled.copiedBuffer("x" + answer, ISO_8859_1);
        return protocol.isProof(in, 1, answer.length());
    }

    private ResponseParser parsed(String answer) {
        ResponseParser parser = protocol.newResponseParser(0);
        assertThat(parser.parse(Unpooled.copiedBuffer(answer, ISO_8859_1)))
                .isEqualTo(ParseStatus.COMPLETE);
        return parser;
    }
}
