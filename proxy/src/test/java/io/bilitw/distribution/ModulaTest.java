package io.bilitw.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModulaTest {

    @Test
    void takesServersInTurnWhenAllWeightsAreOne() {
        Modula modula = Modula.over(servers(1, 1, 1));

        assertThat(IntStream.range(0, 7).map(modula::serverIndex))
                .containsExactly(0, 1, 2, 0, 1, 2, 0);
    }

    @Test
    void repeatsEachServerByItsWeight() {
        Modula modula = Modula.over(servers(1, 2, 3));

        assertThat(IntStream.range(0, 8).map(modula::serverIndex))
                .containsExactly(0, 1, 1, 2, 2, 2, 0, 1);
    }

    @Test
    void answersWithTheIndexInThePool() {
        Modula modula = Modula.over(List.of(new LiveServer(1, "a", 1), new LiveServer(4, "b", 1)));

        assertThat(IntStream.range(0, 3).map(modula::serverIndex)).containsExactly(1, 4, 1);
    }

    @Test
    void readsTheHashAsUnsigned() {
        // 4294967295 modulo 10 is 5, and 2147483648 modulo 10 is 8.
        Modula modula = Modula.over(servers(1, 1, 1, 1, 1, 1, 1, 1, 1, 1));

        assertThat(modula.serverIndex(-1)).isEqualTo(5);
        assertThat(modula.serverIndex(Integer.MIN_VALUE)).isEqualTo(8);
    }

    @Test
    void describesTheSlot() {
        assertThat(Modula.over(servers(1, 2, 3)).describe(10)).isEqualTo("slot 4 of 6");
        assertThat(Modula.over(servers(1, 1, 1, 1, 1, 1, 1, 1, 1, 1)).describe(-1))
                .isEqualTo("slot 5 of 10");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "2147483646, 0",
        "2147483647, 1",
        "2147483648, 2",
        "4294967294, 2",
        "4294967295, 0"
    })
    void takesTheLargestWeightsWithoutWritingOutTheList(long hash, int serverIndex) {
        Modula modula = Modula.over(servers(Integer.MAX_VALUE, 1, Integer.MAX_VALUE));

        assertThat(modula.serverIndex((int) hash)).isEqualTo(serverIndex);
    }

    @Test
    void agreesWithTheWrittenOutList() {
        int[] weights = {5, 1, 1, 9, 2, 300, 4};
        List<Integer> list = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            for (int slot = 0; slot < weights[i]; slot++) {
                list.add(i);
            }
        }
        Modula modula = Modula.over(servers(weights));

        for (int hash = 0; hash < 1000; hash++) {
            assertThat(modula.serverIndex(hash)).isEqualTo(list.get(hash % list.size()));
        }
    }

    private static List<LiveServer> servers(int... weights) {
        List<LiveServer> servers = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            servers.add(new LiveServer(i, "server" + i, weights[i]));
        }
        return servers;
    }
}
