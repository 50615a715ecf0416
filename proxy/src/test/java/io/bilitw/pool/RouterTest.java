package io.bilitw.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.SamplePool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

    @Test
    void spreadsKeysOverAllServers() {
        Router router = new Router(SamplePool.ofThree());
        assertThat(serversOf(router, 100)).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(serverOf(router, "key")).isEqualTo(serverOf(router, "key"));
        assertThat(router.isStable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one_at_a_time", "md5", "crc16", "fnv1_64", "hsieh", "murmur"})
    void hashesEmptyKeyAndEmptyPartTo0(String hash) {
        Router router = new Router(SamplePool.of(3, "hash: " + hash));
        assertThat(serverOf(router, "")).isZero(); // modula: 0 % 3
    }

    @Test
    void hashesThePartInTheTag() {
        Router router = new Router(SamplePool.ofThree("hash_tag: \"{}\""));
        for (int i = 0; i < 50; i++) {
            assertThat(serverOf(router, "a{" + i + "}b")).isEqualTo(serverOf(router, "" + i));
        }
        assertThat(serverOf(router, "{}x"))
                .isEqualTo(serverOf(new Router(SamplePool.ofThree()), "{}x"));
    }

    @Test
    void leavesEjectedServersOut() {
        Router router = new Router(SamplePool.ofThree());
        router.spreadOver(new boolean[] {false, true, false});
        assertThat(serversOf(router, 100)).containsExactlyInAnyOrder(0, 2);

        router.spreadOver(new boolean[] {true, true, false});
        assertThat(serversOf(router, 20)).containsExactly(2);

        router.spreadOver(new boolean[] {true, true, true});
        assertThat(serversOf(router, 20)).containsExactly(Router.NOBODY);
        assertThat(serverOf(router, "")).isEqualTo(Router.NOBODY);

        router.spreadOver(new boolean[3]);
        assertThat(serversOf(router, 100)).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void neverLooksAtKeysOfPoolOfOneServer() {
        Router router = new Router(SamplePool.of(1, "hash_tag: \"{}\""));
        ByteBuf nothing = Unpooled.EMPTY_BUFFER;
        assertThat(router.serverOf(nothing, 5, 9)).isZero(); // would throw if it did

        router.spreadOver(new boolean[] {true});
        assertThat(router.serverOf(nothing, 5, 9)).isEqualTo(Router.NOBODY);
    }

    @Test
    void knowsThatRandomHasNoPlaces() {
        Router router = new Router(SamplePool.of(3, "distribution: random"));
        assertThat(serversOf(router, 300)).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(router.isStable()).isFalse();
        assertThat(new Router(SamplePool.of(1, "distribution: random")).isStable()).isTrue();
    }

    private static Set<Integer> serversOf(Router router, int keys) {
        Set<Integer> servers = new HashSet<>();
        for (int i = 0; i < keys; i++) {
            servers.add(serverOf(router, "key" + i));
        }
        return servers;
    }

    private static int serverOf(Router router, String key) {
        ByteBuf in = Unpooled.copiedBuffer("##" + key + "##", US_ASCII);
        return router.serverOf(in, 2, 2 + key.length());
    }
}
