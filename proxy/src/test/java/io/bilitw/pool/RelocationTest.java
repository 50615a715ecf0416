package io.bilitw.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bilitw.config.PoolConfig;
import io.bilitw.config.SamplePool;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The counts of modula over slots, which can be done by hand, and who counts as the same. */
class RelocationTest {

    @Test
    void movesNothingWhenNothingChanges() {
        Relocation same = Relocation.between(SamplePool.ofThree(), SamplePool.ofThree());

        assertThat(same.moved()).isZero();
        assertThat(same.before()).isEqualTo(same.after()).containsOnlyKeys("a", "b", "c");
        assertThat(same.before().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(Relocation.KEYS);
    }

    /** Of six slots, only the first two have the same server with two servers and with three. */
    @Test
    void countsKeysWhoseServerIsAnother() {
        Relocation grown = Relocation.between(SamplePool.of(2), SamplePool.of(3));

        assertThat(grown.moved() / (double) Relocation.KEYS).isBetween(0.65, 0.68);
        assertThat(grown.before()).containsOnlyKeys("a", "b");
        assertThat(grown.after().get("c")).isBetween(33_000, 33_700);
    }

    @Test
    void doesNotMoveKeysOfAServerThatKeepsItsNameAtAnotherAddress() {
        Relocation moved =
                Relocation.between(
                        pool("10.0.0.1:1:1 a", "10.0.0.2:1:1 b"),
                        pool("10.0.0.1:1:1 a", "10.9.9.9:1:1 b"));

        assertThat(moved.moved()).isZero();
    }

    @Test
    void doesNotMoveKeysOfAServerThatKeepsItsAddressUnderAnotherName() {
        Relocation renamed =
                Relocation.between(
                        pool("10.0.0.1:1:1 a", "10.0.0.2:1:1 b"),
                        pool("10.0.0.1:1:1 a", "10.0.0.2:1:1 c"));

        assertThat(renamed.moved()).isZero(); // c takes b's place in the order
        assertThat(renamed.after()).containsOnlyKeys("a", "c");
    }

    @Test
    void movesAllKeysOfAServerThatIsReplaced() {
        Relocation replaced =
                Relocation.between(
                        pool("10.0.0.1:1:1 a", "10.0.0.2:1:1 b"),
                        pool("10.0.0.1:1:1 a", "10.9.9.9:1:1 c"));

        assertThat(replaced.before()).containsEntry("b", replaced.moved());
        assertThat(replaced.moved()).isBetween(49_500, 50_500);
    }

    @Test
    void seesAnotherHash() {
        Relocation rehashed =
                Relocation.between(SamplePool.of(2), SamplePool.of(2, "hash: murmur"));

        assertThat(rehashed.moved()).isBetween(49_000, 51_000);
    }

    @Test
    void givesAllToTheOnlyServer() {
        Relocation shrunk = Relocation.between(SamplePool.of(2), SamplePool.of(1));

        assertThat(shrunk.after()).isEqualTo(Map.of("a", Relocation.KEYS));
        assertThat(shrunk.before()).containsEntry("b", shrunk.moved());
    }

    @Test
    void refusesKeysWithoutPlaces() {
        assertThatThrownBy(() ->
                        Relocation.between(
                                SamplePool.of(2), SamplePool.of(2, "distribution: random")))
                .hasMessage("pool 'alpha': RANDOM (expected: a place for each key)");
    }

    @Test
    void samplesDifferentKeys() {
        Set<String> keys = new HashSet<>();
        for (int number = 0; number < Relocation.KEYS; number++) {
            keys.add(new String(Relocation.sampleKey(number), US_ASCII));
        }
        assertThat(keys).hasSize(Relocation.KEYS).contains("key:00000000", "key:9e3779b9");
    }

    private static PoolConfig pool(String... servers) {
        return SamplePool.read(
                "alpha:\n  listen: 127.0.0.1:1\n  distribution: modula\n  servers:\n   - "
                        + String.join("\n   - ", servers)
                        + "\n");
    }
}
