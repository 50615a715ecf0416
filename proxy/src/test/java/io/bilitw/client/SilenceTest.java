package io.bilitw.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.SamplePool;
import io.bilitw.protocol.memcache.MemcacheProtocol;
import io.bilitw.protocol.memcache.MemcacheSettings;
import io.bilitw.stats.PoolMetric;
import io.bilitw.testkit.SampleSocket;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that have no response, or none that is worth telling, among others of the same client.
 */
class SilenceTest {

    private static final String FENCE_ANSWER = "VERSION 1.6.18\r\n";

    private final PlayedPool played =
            new PlayedPool(
                    SamplePool.ofThree("redis: false"),
                    new MemcacheProtocol(new MemcacheSettings("alpha", false, "1.2.3")));
    private final String a = played.keyOn(0);
    private final String b = played.keyOn(1);

    @AfterEach
    void close() {
        played.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set a x 0 1 noreply\r\n.\r\n",
                "set a 0 0 2 noreply\r\nabcd",
                "set a 0 0 1073741825 noreply\r\n",
                "flush_all noreply\r\n",
                "touch a noreply noreply\r\n"
            })
    void saysNothingOfWhatIsWrongWithRequestThatWantsNoReply(String request) {
        SampleSocket client = played.client();
        client.receive(request);
        played.endTurn();

        assertThat(client.written()).isEmpty();
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void saysWhatIsWrongWithQuietRequest() {
        SampleSocket client = played.client();
        client.receive("mg " + a + " q\r\nmg " + "k".repeat(251) + " q\r\nmn\r\n");
        played.server(0).receive(FENCE_ANSWER);
        played.endTurn();

        assertThat(client.written()).isEqualTo("CLIENT_ERROR bad command line format\r\nMN\r\n");
    }

    @Test
    void tellsFailureOfQuietRequestInItsTurn() {
        SampleSocket client = played.client();
        client.receive("mg " + a + "\r\nmg " + b + " q\r\nms " + b + " 0 q\r\n\r\nmn\r\n");
        played.server(1).receive(FENCE_ANSWER);
        played.server(1).end();
        played.endTurn();
        assertThat(client.written()).isEmpty();
        played.server(0).receive("HD\r\n");
        played.endTurn();

        assertThat(client.written()).isEqualTo("HD\r\nSERVER_ERROR unknown\r\nMN\r\n");
    }

    @Test
    void holdsSilenceUntilItsTurn() {
        SampleSocket client = played.client();
        client.receive("mg " + a + "\r\nmg " + b + " q\r\nmg " + a + " q\r\nmn\r\n");
        played.server(1).receive(FENCE_ANSWER);
        played.endTurn();
        assertThat(client.written()).isEmpty();
        played.server(0).receive("HD\r\n");
        played.endTurn();
        assertThat(client.written()).isEqualTo("HD\r\n");
        played.server(0).receive(FENCE_ANSWER);
        played.endTurn();

        assertThat(client.written()).isEqualTo("MN\r\n");
    }

    @Test
    void keepsSilentAboutTenThousandQuietRequests() {
        SampleSocket client = played.client();
        client.receive(("mg " + a + " q\r\nmg " + b + " q\r\n").repeat(5000) + "mn\r\n");
        played.endTurn();
        played.server(0).receive(FENCE_ANSWER.repeat(5000));
        played.endTurn();
        assertThat(client.written()).isEmpty();
        played.server(1).receive(FENCE_ANSWER.repeat(4999) + "HD\r\n" + FENCE_ANSWER);
        played.endTurn();

        assertThat(client.written()).isEqualTo("HD\r\nMN\r\n");
    }

    @Test
    void closesWithoutWaitingForWhatNobodyWantsToHear() {
        SampleSocket client = played.client();
        client.receive("delete " + a + " noreply\r\n");
        client.endInput();
        played.endTurn();

        assertThat(client.isOpen()).isFalse();
        assertThat(played.server(0).written()).isEqualTo("delete " + a + "        \r\n");
        played.server(0).receive("DELETED\r\n");
        assertThat(played.server(0).isOpen()).isTrue();
    }

    @Test
    void waitsForSilenceBeforeItCloses() {
        SampleSocket client = played.client();
        client.receive("mg " + a + " q\r\nquit\r\n");
        played.endTurn();
        assertThat(client.isOpen()).isTrue();
        played.server(0).receive(FENCE_ANSWER);
        played.endTurn();

        assertThat(client.written()).isEmpty();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void keepsTheOrderOfServerWhenTheClientHasGone() {
        SampleSocket gone = played.client();
        SampleSocket other = played.client();
        gone.receive("delete " + a + " noreply\r\nmg " + a + " q\r\nmg " + a + " v q\r\n");
        other.receive("mg " + a + " k\r\n");
        gone.fail(new IOException("Connection reset by peer"));
        played.server(0).receive("NOT_FOUND\r\n" + FENCE_ANSWER + "VA 1\r\nx\r\n" + FENCE_ANSWER);
        played.server(0).receive("HD k" + a + "\r\n");
        played.endTurn();

        assertThat(other.written()).isEqualTo("HD k" + a + "\r\n");
        assertThat(gone.written()).isEmpty();
        assertThat(played.server(0).isOpen()).isTrue();
        assertThat(played.pool().counters().value(PoolMetric.CLIENT_CONNECTIONS)).isEqualTo(1);
    }
}
