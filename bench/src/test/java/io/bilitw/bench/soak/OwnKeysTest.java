package io.bilitw.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnKeysTest {

    private final Disturbances disturbances = new Disturbances();
    private final OwnKeys keys = new OwnKeys("mine", 2, disturbances);

    @ParameterizedTest
    @ValueSource(ints = {0, 100, Values.MAX_BYTES})
    void takesWhatWasStoredLast(int bytes) throws WrongAnswer {
        keys.next(0, 10);
        byte[] value = keys.next(0, bytes);
        keys.acknowledge(0);

        keys.check(0, value);
        assertThat(Values.version("mine.0", value)).isEqualTo(2);
    }

    @Test
    void takesNoOldValueAndNoneAtAll() {
        byte[] old = keys.next(0, 10);
        keys.next(0, 10);
        keys.acknowledge(0);

        assertWrong(old, "mine.0 has version 1 after 2");
        assertWrong(null, "mine.0 has version 0 after 2");
    }

    @Test
    void takesNeitherAnothersValueNorHalfAOne() {
        byte[] others = keys.next(1, 300);
        byte[] own = keys.next(0, 300);

        assertWrong(others, "mine.0 has a value of 300 bytes that begins with mine.1:1:300:");
        assertWrong(Arrays.copyOf(own, 299), "mine.0 has a value of 299 bytes");
        own[200]++;
        assertWrong(own, "mine.0 has a value of 300 bytes");
        assertWrong(new byte[0], "mine.0 has a value of 0 bytes that begins with ");
    }

    @Test
    void takesNoValueThatWasNotYetWritten() {
        assertWrong(Values.make("mine.0", 1, 10), "mine.0 has version 1 of the future");
    }

    @Test
    void takesAnyVersionWhileNobodyKnows() throws WrongAnswer {
        byte[] old = keys.next(0, 10);
        keys.acknowledge(0);
        byte[] doubtful = keys.next(0, 10);
        keys.doubt(0);

        keys.check(0, old);
        keys.check(0, doubtful);
        keys.check(0, null);
    }

    @Test
    void takesThatAServerThatWasAwayHasForgotten() {
        keys.next(0, 10);
        keys.acknowledge(0);
        disturbances.begin();
        assertThatCode(() -> keys.check(0, null)).doesNotThrowAnyException();
        disturbances.end();
        assertThatCode(() -> keys.check(0, null)).doesNotThrowAnyException();
    }

    private void assertWrong(byte @Nullable [] value, String sentence) {
        assertThatExceptionOfType(WrongAnswer.class)
                .isThrownBy(() -> keys.check(0, value))
                .withMessageStartingWith(sentence);
    }
}
