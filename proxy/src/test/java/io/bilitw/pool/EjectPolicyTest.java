package io.bilitw.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.SamplePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EjectPolicyTest {

    private static final long MILLISECOND = 1_000_000;

    private final EjectPolicy policy =
            new EjectPolicy(
                    SamplePool.ofThree(
                            "auto_eject_hosts: true",
                            "server_failure_limit: 3",
                            "server_retry_timeout: 100"));

    @Test
    void suffersFailuresUpToTheLimit() {
        assertThat(policy.isTooMany(2)).isFalse();
        assertThat(policy.isTooMany(3)).isTrue();
        assertThat(policy.isTooMany(4)).isTrue();
    }

    @Test
    void suffersAnyNumberOfFailuresWhenItIsOff() {
        EjectPolicy off = new EjectPolicy(SamplePool.ofThree("server_failure_limit: 1"));
        assertThat(off.isTooMany(1_000_000)).isFalse();
    }

    @Test
    void ejectsAlsoToRehash() {
        EjectPolicy rehash =
                new EjectPolicy(
                        SamplePool.ofThree("on_failure: rehash", "server_failure_limit: 3"));

        assertThat(rehash.isTooMany(2)).isFalse();
        assertThat(rehash.isTooMany(3)).isTrue();
    }

    /** The clock of nanoTime may stand anywhere, also just before it wraps. */
    @ParameterizedTest
    @ValueSource(
            longs = {0, 1_000_000_000_000L, -1, Long.MIN_VALUE, Long.MAX_VALUE - 50 * MILLISECOND})
    void keepsServerOutForItsTime(long now) {
        policy.eject(1, now);
        assertThat(policy.ejected()).containsExactly(false, true, false);
        assertThat(policy.isReturnDue(now)).isFalse();
        assertThat(policy.isReturnDue(now + 100 * MILLISECOND - 1)).isFalse();
        assertThat(policy.isReturnDue(now + 100 * MILLISECOND)).isTrue();

        assertThat(policy.takeBack(now + 100 * MILLISECOND)).isEqualTo(1);

        assertThat(policy.ejected()).containsExactly(false, false, false);
        assertThat(policy.isReturnDue(now + 1000 * MILLISECOND)).isFalse();
    }

    @Test
    void takesBackOnlyThoseWhoseTimeIsOver() {
        policy.eject(2, 0);
        policy.eject(0, 10 * MILLISECOND);
        policy.eject(1, 20 * MILLISECOND);

        assertThat(policy.isReturnDue(100 * MILLISECOND)).isTrue();
        assertThat(policy.takeBack(110 * MILLISECOND)).isEqualTo(2);
        assertThat(policy.ejected()).containsExactly(false, true, false);
        assertThat(policy.isReturnDue(119 * MILLISECOND)).isFalse();
        assertThat(policy.isReturnDue(120 * MILLISECOND)).isTrue();
    }

    @Test
    void beginsTheTimeAnewWhenServerFailsAgain() {
        policy.eject(0, 0);
        policy.eject(0, 50 * MILLISECOND);

        assertThat(policy.isReturnDue(149 * MILLISECOND)).isFalse();
        assertThat(policy.takeBack(150 * MILLISECOND)).isEqualTo(1);
        assertThat(policy.isReturnDue(1000 * MILLISECOND)).isFalse();
    }
}
