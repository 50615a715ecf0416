package io.bilitw.bench;

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

    /**
     * Returns two requests in a batch of three, renewed thrice; a bar stands for the end of a line.
     */
    private String renewed(LoadCommand command) {
        RequestBatch batch = new RequestBatch(command, 3, 3);
        batch.renew(1, () -> 44_444_444);
        batch.renew(3, () -> 55_555_555);
        batch.renew(2, keys::nextInt);
        return US_ASCII.decode(batch.unsent()).toString().replace("\r\n", "|");
    }
}
