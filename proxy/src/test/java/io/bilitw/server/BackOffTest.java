package io.bilitw.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackOffTest {

    private static final long MILLISECOND = 1_000_000;

    private final BackOff backOff = new BackOff(3, longest -> longest);
    private long nowNanos;

    /** The clock of nanoTime may stand anywhere, also just before it wraps. */
    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE - 50 * MILLISECOND})
    void doublesTheTimeAfterTheFirstFailures(long beginNanos) {
        nowNanos = beginNanos;
        int[] millis = {0, 0, 0, 10, 20, 40, 80, 160, 320, 640, 1000, 1000, 1000};
        for (int expected : millis) {
            fail();
            assertThat(millisAlone()).isEqualTo(expected);
        }
        for (int i = 0; i < 100; i++) {
            fail();
        }
        assertThat(millisAlone()).isEqualTo(1000);
    }

    @Test
    void leavesServerAloneForThePartThatChanceGives() {
        BackOff none = new BackOff(0, longest -> 0);
        for (int i = 0; i < 20; i++) {
            none.onFailure(Failure.RESET, i, i);
            assertThat(none.isOn(i)).isFalse();
        }
    }

    @Test
    void forgetsFailuresWhenTheServerAnswers() {
        for (int i = 0; i < 8; i++) {
            fail();
        }
        backOff.reset();
        assertThat(backOff.isOn(nowNanos)).isFalse();
        for (int i = 0; i < 3; i++) {
            fail();
            assertThat(backOff.isOn(nowNanos)).isFalse();
        }
        fail();
        assertThat(millisAlone()).isEqualTo(10);
    }

    @Test
    void countsConnectionsThatWereBegunTogetherOnce() {
        nowNanos = 1000;
        for (int i = 0; i < 20; i++) {
            backOff.onFailure(Failure.CLOSED, 5, nowNanos);
            nowNanos++;
        }
        assertThat(backOff.isOn(nowNanos)).isFalse();
        for (int i = 0; i < 3; i++) {
            fail();
        }
        assertThat(backOff.isOn(nowNanos)).isTrue();
    }

    @Test
    void remembersWhatHappenedLast() {
        backOff.onFailure(Failure.RESET, 1, 2);
        backOff.onFailure(Failure.HOST_DOWN, 1, 3);
        assertThat(backOff.failure()).isEqualTo(Failure.HOST_DOWN);
    }

    private void fail() {
        backOff.onFailure(Failure.CLOSED, nowNanos, nowNanos);
    }

    /** How long the server is left alone from now on. */
    private long millisAlone() {
        long millis = 0;
        while (backOff.isOn(nowNanos + millis * MILLISECOND)) {
            millis++;
        }
        return millis;
    }
}
