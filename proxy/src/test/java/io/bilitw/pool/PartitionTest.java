package io.bilitw.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionTest {

    private final Partition partition = new Partition(4);

    @Test
    void dealsKeysOutInTheOrderOfServersAndOfTheRequest() {
        assertThat(fragments(partition(Integer.MAX_VALUE, 3, 1, 3, 3, 1)))
                .containsExactly("1: 1 4", "3: 0 2 3");
        assertThat(partition.fragmentOf()).containsExactly(1, 0, 1, 1, 0);
    }

    @Test
    void makesOneFragmentForOneServer() {
        assertThat(fragments(partition(Integer.MAX_VALUE, 2, 2))).containsExactly("2: 0 1");
    }

    @Test
    void beginsAnotherFragmentWhenTheFirstIsFull() {
        assertThat(fragments(partition(10, 0, 1, 0, 0, 0, 0)))
                .containsExactly("0: 0 2", "0: 3 4", "0: 5", "1: 1");
    }

    @Test
    void sendsAKeyThatIsTooLongAlone() {
        assertThat(fragments(partition(4, 0, 0))).containsExactly("0: 0", "0: 1");
    }

    @Test
    void servesOneRequestAfterTheOther() {
        int[] many = new int[100_000];
        for (int key = 0; key < many.length; key++) {
            many[key] = key % 4;
        }
        partition(10, 0, 1, 0, 0, 0, 0);

        partition(Integer.MAX_VALUE, many);
        assertThat(partition.count()).isEqualTo(4);
        assertThat(partition.keyCount(2)).isEqualTo(25_000);
        assertThat(partition.key(2, 24_999)).isEqualTo(99_998);

        assertThat(fragments(partition(Integer.MAX_VALUE, 3, 1, 3)))
                .containsExactly("1: 1", "3: 0 2");
        assertThat(partition.fragmentOf()).containsExactly(1, 0, 1);
    }

    /** Deals out keys whose parts have five bytes. */
    private Partition partition(int maxPartBytes, int... serverOf) {
        partition.begin(serverOf.length, maxPartBytes);
        for (int server : serverOf) {
            partition.add(server, 5);
        }
        partition.end();
        return partition;
    }

    private static List<String> fragments(Partition partition) {
        List<String> fragments = new ArrayList<>();
        for (int fragment = 0; fragment < partition.count(); fragment++) {
            StringBuilder text = new StringBuilder(partition.serverOf(fragment) + ":");
            for (int i = 0; i < partition.keyCount(fragment); i++) {
                text.append(' ').append(partition.key(fragment, i));
            }
            fragments.add(text.toString());
        }
        return fragments;
    }
}
