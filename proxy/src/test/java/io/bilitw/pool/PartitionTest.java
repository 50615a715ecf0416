package io.bilitw.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.memcache.MemcacheProtocol;
import io.bilitw.protocol.memcache.MemcacheSettings;
import io.bilitw.testkit.SampleDialogue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionTest {

    @Test
    void dealsKeysOutInTheOrderOfServersAndOfTheRequest() {
        Partition partition = partition(Integer.MAX_VALUE, 3, 1, 3, 3, 1);

        assertThat(fragments(partition)).containsExactly("1: 1 4", "3: 0 2 3");
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

    /** Deals out keys whose parts have five bytes. */
    private static Partition partition(int maxPartBytes, int... serverOf) {
        SampleDialogue client =
                new SampleDialogue(
                        new MemcacheProtocol(new MemcacheSettings("alpha", false, "1")), 1);
        client.say("get" + " key0".repeat(serverOf.length) + "\r\n");
        RequestParser request = client.dialogue().parser();
        assertThat(request.source().toString(request.partFrom(0), 5, US_ASCII)).isEqualTo(" key0");
        return Partition.of(request, serverOf, 4, maxPartBytes);
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
