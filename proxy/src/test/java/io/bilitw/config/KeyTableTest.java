package io.bilitw.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTableTest {

    static Stream<ConfigKey> allKeys() {
        return Stream.concat(KeyTable.POOL.keys().stream(), KeyTable.GLOBAL.keys().stream());
    }

    @ParameterizedTest
    @MethodSource("allKeys")
    void everyKeySaysWhatItsAbsenceMeans(ConfigKey key) {
        boolean hasDefault = key.defaultValue() != null;

        assertThat(hasDefault).isEqualTo(!key.key().byDefault().isEmpty());
        assertThat(Stream.of(hasDefault, key.key().required(), !key.key().absent().isEmpty()))
                .as("one of byDefault, required and absent")
                .containsOnlyOnce(true);
        assertThat(key.key().doc().strip()).endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("allKeys")
    void everyDefaultLiesInItsRange(ConfigKey key) {
        assertThat(Digits.parse(key.key().byDefault()))
                .satisfiesAnyOf(
                        number -> assertThat(number).isEqualTo(Digits.NOT_DIGITS),
                        number -> assertThat(number == 0 && key.key().zeroIsDefault()).isTrue(),
                        number -> assertThat(number).isGreaterThanOrEqualTo(key.key().min()));
    }
}
