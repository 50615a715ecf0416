package io.bilitw.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.SamplePool;
import io.bilitw.protocol.memcache.MemcacheProtocol;
import io.bilitw.protocol.memcache.MemcacheSettings;
import io.bilitw.stats.PoolMetric;
import io.bilitw.stats.ServerMetric;
import io.bilitw.testkit.SampleSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays memcached clients and the three servers of their pool. */
class MemcacheSessionTest {

    private static final String FENCE = "version\r\n";
    private static final String FENCE_ANSWER = "VERSION 1.6.18\r\n";

    private PlayedPool played = played();

    @AfterEach
    void close() {
        played.close();
    }

    @Test
    void splitsAndJoinsReads() {
        SampleSocket client = played.client();
        String a = played.keyOn(0);
        String b = played.keyOn(1);
        String c = played.keyOn(0);
        client.receive("gets " + a + "  " + b + " " + c + "\r\n");
        played.endTurn();

        assertThat(played.server(0).written()).isEqualTo("gets " + a + " " + c + " \r\n");
        assertThat(played.server(1).written()).isEqualTo("gets " + b + " \r\n");
        assertThat(played.server(2).written()).isEmpty();
        played.server(1).receive("VALUE " + b + " 0 1 7\r\nb\r\nEND\r\n");
        played.server(0).receive("VALUE " + c + " 0 1 7\r\nc\r\nEND\r\n");
        played.endTurn();
        assertThat(client.written())
                .isEqualTo("VALUE " + b + " 0 1 7\r\nb\r\nVALUE " + c + " 0 1 7\r\nc\r\nEND\r\n");
    }

    @Test
    void cutsReadThatTouchesIntoLinesThatServersTake() {
        SampleSocket client = played.client();
        StringBuilder line = new StringBuilder("gat 0");
        for (int i = 0; i < 300; i++) {
            line.append(' ').append(played.keyOn(0));
        }
        client.receive(line + "\r\n");
        played.endTurn();

        List<String> lines = played.server(0).written().lines().toList();
        assertThat(lines).hasSizeGreaterThan(1).allMatch(each -> each.length() < 2048);
        assertThat(String.join("", lines).replace(" gat 0", "").strip()).isEqualTo(line.toString());
        played.server(0).receive("END\r\n".repeat(lines.size()));
        played.endTurn();
        assertThat(client.written()).isEqualTo("END\r\n");
    }

    @Test
    void waitsForNoAnswerThatIsNotWanted() {
        SampleSocket client = played.client();
        String a = played.keyOn(0);
        client.receive("set " + a + " 0 0 1 noreply\r\nx\r\nget " + played.keyOn(1) + "\r\n");
        played.endTurn();

        assertThat(played.server(0).written()).isEqualTo("set " + a + " 0 0 1        \r\nx\r\n");
        played.server(1).receive("END\r\n");
        played.endTurn();
        assertThat(client.written()).isEqualTo("END\r\n");
        played.server(0).receive("SERVER_ERROR out of memory storing object\r\n");
        played.endTurn();
        assertThat(client.written()).isEmpty();
        assertThat(played.pool().servers().getFirst().counters().value(ServerMetric.RESPONSES))
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete A noreply noreply", "flush_all noreply noreply"})
    void sendsNothingThatAServerWouldKeepSilentAbout(String line) {
        SampleSocket client = played.client();
        client.receive(line.replace("A", played.keyOn(0)) + "\r\nmn\r\n");
        played.endTurn();

        assertThat(played.servers()).allMatch(server -> server.written().isEmpty());
        assertThat(client.written()).isEqualTo("MN\r\n");
    }

    @Test
    void countsFailureOfWhatNobodyWaitsFor() {
        SampleSocket client = played.client();
        client.receive("delete " + played.keyOn(0) + " noreply\r\nmn\r\n");
        played.endTurn();
        played.server(0).end();
        played.endTurn();

        assertThat(client.written()).isEqualTo("MN\r\n");
        assertThat(played.pool().counters().value(PoolMetric.FORWARD_ERROR)).isOne();
    }

    @Test
    void sendsAFenceBehindQuietRequestsAndTellsTheUnusualOnly() {
        SampleSocket client = played.client();
        String a = played.keyOn(0);
        client.receive("mg " + a + " v q\r\nms " + a + " 1 q\r\nx\r\nmd " + a + " q\r\nmn\r\n");
        played.endTurn();

        assertThat(played.server(0).written())
                .isEqualTo(
                        "mg "
                                + a
                                + " v q\r\n"
                                + FENCE
                                + "ms "
                                + a
                                + " 1 q\r\nx\r\n"
                                + FENCE
                                + "md "
                                + a
                                + " q\r\n"
                                + FENCE);
        played.server(0).receive(FENCE_ANSWER + "NS\r\n");
        played.endTurn();
        assertThat(client.written()).isEqualTo("NS\r\n");
        played.server(0).receive(FENCE_ANSWER + "HD\r\n");
        played.server(0).receive(FENCE_ANSWER);
        played.endTurn();
        assertThat(client.written()).isEqualTo("HD\r\nMN\r\n");
    }

    @Test
    void keepsQuietRequestsInLine() {
        SampleSocket client = played.client();
        client.receive(
                "mg "
                        + played.keyOn(0)
                        + " q\r\nmg "
                        + played.keyOn(1)
                        + "\r\nmg "
                        + played.keyOn(2)
                        + " q\r\nmn\r\n");
        played.endTurn();
        played.server(2).receive(FENCE_ANSWER);
        played.server(1).receive("HD\r\n");
        played.endTurn();
        assertThat(client.written()).isEmpty();

        played.server(0).receive("HD O1\r\n" + FENCE_ANSWER);
        played.endTurn();
        assertThat(client.written()).isEqualTo("HD O1\r\nHD\r\nMN\r\n");
    }

    @Test
    void givesEachClientItsOwnBetweenFences() {
        SampleSocket one = played.client();
        SampleSocket two = played.client();
        String a = played.keyOn(0);
        one.receive("mg " + a + " q O1\r\n");
        two.receive("mg " + a + " q O2\r\n");
        one.receive("version\r\n");
        two.receive("mn\r\n");
        played.endTurn();
        played.server(0).receive(FENCE_ANSWER + "HD O2\r\n" + FENCE_ANSWER);
        played.endTurn();

        assertThat(two.written()).isEqualTo("HD O2\r\nMN\r\n");
        assertThat(one.written()).isEmpty();
        for (SampleSocket server : played.servers()) {
            if (server.written().endsWith(FENCE)) {
                server.receive(FENCE_ANSWER);
            }
        }
        played.endTurn();
        assertThat(one.written()).isEqualTo(FENCE_ANSWER);
    }

    @Test
    void endsServerConnectionWithoutTheFenceThatIsDue() {
        SampleSocket client = played.client();
        client.receive("mg " + played.keyOn(0) + " q\r\nget " + played.keyOn(0) + "\r\n");
        played.endTurn();
        played.server(0).receive("HD\r\nEND\r\n");
        played.endTurn();

        assertThat(client.written()).isEqualTo("HD\r\nSERVER_ERROR Invalid argument\r\n");
        assertThat(played.server(0).isOpen()).isFalse();
    }

    @Test
    void sendsWhatConcernsAllServersToAll() {
        SampleSocket client = played.client();
        client.receive("flush_all 7\r\nverbosity 1 noreply\r\nmn\r\n");
        played.endTurn();
        for (int server = 0; server < 3; server++) {
            assertThat(played.server(server).written())
                    .isEqualTo("flush_all 7\r\nverbosity 1        \r\n");
        }
        played.server(0).receive("OK\r\nOK\r\n");
        played.server(2).receive("OK\r\nOK\r\n");
        played.endTurn();
        assertThat(client.written()).isEmpty();
        played.server(1).receive("OK\r\nERROR\r\n");
        played.endTurn();
        assertThat(client.written()).isEqualTo("OK\r\nMN\r\n");
    }

    @Test
    void failsToFlushWhenOneServerCannot() {
        SampleSocket client = played.client();
        client.receive("flush_all\r\n");
        played.server(1).end();
        played.server(0).receive("OK\r\n");
        played.server(2).receive("OK\r\n");
        played.endTurn();
        assertThat(client.written()).isEqualTo("SERVER_ERROR unknown\r\n");
    }

    @Test
    void asksTheNextServerForItsVersionWhenOneHasFailed() {
        SampleSocket client = played.client();
        client.receive("version\r\n");
        played.endTurn();
        SampleSocket first =
                played.servers().stream()
                        .filter(each -> each.written().equals(FENCE))
                        .findFirst()
                        .orElseThrow();
        first.end();
        played.endTurn();
        assertThat(client.written()).isEqualTo("SERVER_ERROR unknown\r\n");

        client.receive("version\r\n");
        played.endTurn();
        SampleSocket second =
                played.servers().stream()
                        .filter(each -> each.written().equals(FENCE))
                        .findFirst()
                        .orElseThrow();
        assertThat(second).isNotSameAs(first);
        second.receive(FENCE_ANSWER);
        played.endTurn();
        assertThat(client.written()).isEqualTo(FENCE_ANSWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get A", "gets A", "gat 0 A"})
    void missesKeysOfFailedServerIfThePoolWantsThat(String read) {
        played.close();
        played = played("on_failure: miss");
        SampleSocket client = played.client();
        String a = played.keyOn(0);
        String b = played.keyOn(1);
        client.receive(read.replace("A", a) + "\r\n");
        client.receive(read.replace("A", a + " " + b + " " + a) + "\r\n");
        client.receive("mg " + a + " v k O7\r\nmg " + a + " v q\r\ndelete " + a + "\r\n");
        played.endTurn();
        played.server(0).end();
        played.server(1).receive("VALUE " + b + " 0 1\r\nb\r\nEND\r\n");
        played.endTurn();

        assertThat(client.written())
                .isEqualTo(
                        "END\r\n"
                                + "VALUE "
                                + b
                                + " 0 1\r\nb\r\nEND\r\n"
                                + "EN k"
                                + a
                                + " O7\r\n"
                                + "SERVER_ERROR unknown\r\n");
    }

    @Test
    void skipsDataBehindFaultyLineAndGoesOn() {
        SampleSocket client = played.client();
        client.receive("set a x 0 5\r\nmn\r");
        client.receive("\n.\r\nmn\r\n");
        played.endTurn();
        assertThat(client.written()).isEqualTo("CLIENT_ERROR bad command line format\r\nMN\r\n");
        assertThat(played.servers()).allMatch(server -> server.written().isEmpty());
    }

    @Test
    void closesAfterQuitWhenAllIsAnswered() {
        SampleSocket client = played.client();
        client.receive("get " + played.keyOn(0) + "\r\nquit\r\nmn\r\n");
        played.endTurn();
        assertThat(client.isOpen()).isTrue();
        played.server(0).receive("END\r\n");
        played.endTurn();
        assertThat(client.written()).isEqualTo("END\r\n");
        client.endInput();
        played.endTurn();
        assertThat(client.isOpen()).isFalse();
    }

    private static PlayedPool played(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("redis: false");
        return new PlayedPool(
                SamplePool.ofThree(all.toArray(String[]::new)),
                new MemcacheProtocol(new MemcacheSettings("alpha", true, "1.2.3")));
    }
}
