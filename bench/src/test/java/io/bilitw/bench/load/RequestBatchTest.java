package io.bilitw.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestBatchTest {

    private final PrimitiveIterator.OfInt keys =
            IntStream.of(12345, 7, 99_999_999, 0, 1, 2).iterator();

    @Test
    void writesGets() {
        assertThat(renewed(new LoadCommand(false, 1)))
                .isEqualTo("get key:000000012345|get key:000000000007|");
    }

    @Test
    void writesGetsOfManyKeys() {
        assertThat(renewed(new LoadCommand(false, 3)))
                .isEqualTo(
                        "get key:000000012345 key:000000000007 key:000099999999|"
                                + "get key:000000000000 key:000000000001 key:000000000002|");
    }

    @Test
    void writesSets() {
        assertThat(renewed(LoadCommand.SET))
                .isEqualTo(
                        "set key:000000012345 0 0 3|"
                                + "xxx|"
                                + "set key:000000000007 0 0 3|"
                                + "xxx|");
    }

    @Test
    void writesGetsOfRedis() {
        assertThat(renewed(LoadProtocol.REDIS, new LoadCommand(false, 1), 3))
                .isEqualTo("*2|$3|GET|$16|key:000000012345|" + "*2|$3|GET|$16|key:000000000007|");
    }

    @Test
    void writesKeysIntoTheValuesOfRedis() {
        assertThat(renewed(LoadProtocol.REDIS, new LoadCommand(true, 2), 9))
                .isEqualTo(
                        "*5|$4|MSET|$16|key:000000012345|$9|00012345x|"
                                + "$16|key:000000000007|$9|00000007x|"
                                + "*5|$4|MSET|$16|key:000099999999|$9|99999999x|"
                                + "$16|key:000000000000|$9|00000000x|");
    }

    private String renewed(LoadCommand command) {
        return renewed(LoadProtocol.MEMCACHED, command, 3);
    }

    /**
     * Returns two requests in a batch of three, renewed thrice; a bar stands for the end of a line.
     */
    private String renewed(LoadProtocol protocol, LoadCommand command, int valueBytes) {
        RequestBatch batch = new RequestBatch(protocol, command, valueBytes, 3);
        batch.renew(1, () -> 44_444_444);
        batch.renew(3, () -> 55_555_555);
        batch.renew(2, keys::nextInt);
        return US_ASCII.decode(batch.unsent()).toString().replace("\r\n", "|");
    }
}
