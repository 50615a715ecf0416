package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.CacheClient;
import io.bilitw.testkit.CacheServer;
import io.bilitw.testkit.MemcachedServer;
import io.bilitw.testkit.Placement;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.RedisServer;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys stored through the proxy are found on the very servers that twemproxy would have chosen. */
class PlacementIT {

    @ParameterizedTest
    @ValueSource(strings = {"C4-names", "L4-modula-nameorder", "M4-hashtag"})
    void placesInRedisWhereTwemproxyDoes(String id) {
        assertPlaces(new Placement(id, _ -> true), PoolFile.redis(), RedisServer::start);
    }

    /**
     * With weights, and without names at port 11211, this is libmemcached's weighted ketama, too.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A5-plain",
                "B4-weights",
                "D4-names-11211",
                "E3-noname-11211",
                "J3-modula-weights",
                "M4-hashtag",
                "Q7-crc16",
                "U20-names-weights"
            })
    void placesInMemcachedWhereTwemproxyDoes(String id) {
        assertPlaces(
                new Placement(id, key -> key.matches("[!-\u00ff]{1,250}")),
                PoolFile.memcache(),
                () -> MemcachedServer.start("-m", "8", "-t", "1"));
    }

    private static <C extends CacheClient<?>> void assertPlaces(
            Placement placement, PoolFile pool, Supplier<? extends CacheServer<C>> start) {
        assertThat(placement.expected()).hasSizeGreaterThan(200);
        assertThat(placement.found(pool, start))
                .containsExactlyInAnyOrderEntriesOf(placement.expected());
    }
}
