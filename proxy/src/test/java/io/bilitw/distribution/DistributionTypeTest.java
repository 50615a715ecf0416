package io.bilitw.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTypeTest {

    private static final LiveServer FIRST = new LiveServer(0, "first", 1);
    private static final LiveServer SECOND = new LiveServer(1, "second", 1);

    @Test
    void namesTheThreeDistributionsOfTwemproxy() {
        assertThat(Arrays.stream(DistributionType.values()).map(DistributionType::configName))
                .containsExactly("ketama", "modula", "random");
    }

    @ParameterizedTest
    @EnumSource
    void findsEachRowByItsConfigName(DistributionType type) {
        assertThat(DistributionType.byConfigName(type.configName())).isSameAs(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ketama", "modulo", "random "})
    void knowsNoOtherName(String configName) {
        assertThat(DistributionType.byConfigName(configName)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void sendsEveryHashToTheOnlyServer(DistributionType type) {
        Distribution distribution = type.build(List.of(new LiveServer(3, "only", 7)));

        for (int hash : new int[] {0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            assertThat(distribution.serverIndex(hash)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesToBuildOverNoServer(DistributionType type) {
        assertThatThrownBy(() -> type.build(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("live: no server (expected: >= 1)");
    }

    @ParameterizedTest
    @EnumSource
    void refusesServersOutOfOrder(DistributionType type) {
        assertThatThrownBy(() -> type.build(List.of(SECOND, FIRST)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> type.build(List.of(FIRST, FIRST)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesServersWithoutIndexOrWeight() {
        assertThatThrownBy(() -> new LiveServer(-1, "name", 1))
                .hasMessage("index: -1 (expected: >= 0)");
        assertThatThrownBy(() -> new LiveServer(0, "name", 0))
                .hasMessage("weight: 0 (expected: >= 1)");
    }
}
