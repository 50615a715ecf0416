package io.bilitw.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisScannerTest {

    private static final LoadCommand GET = new LoadCommand(false, 1);
    private static final String FIRST = "$10\r\n00012345\r\n\r\n";
    private static final String SECOND = "$10\r\n00000007xx\r\n";

    @Test
    void takesGetsCutAtEveryByte() throws LoadException {
        takesAtEveryCut(GET, FIRST + SECOND);
    }

    @Test
    void takesTheValuesOfManyKeysCutAtEveryByte() throws LoadException {
        takesAtEveryCut(new LoadCommand(false, 2), "*2\r\n" + FIRST + SECOND);
    }

    @Test
    void takesSetsCutAtEveryByte() throws LoadException {
        takesAtEveryCut(LoadCommand.SET, "+OK\r\n+OK\r\n");
        takesAtEveryCut(new LoadCommand(true, 2), "+OK\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get | $-1; | A value is missing",
                "get | -ERR no; | A response has an unexpected line: -ERR no",
                "get | $9;00012345x; | A response has an unexpected line: $9",
                "get | $10;00012345xxx; | A value is longer",
                "get | $10;00000007xx; | A request was answered by the value of another key.",
                "get | $10;00012345xx;$10;00000007xx;$1 | The server answered more",
                "mget:2 | *2;$10;00000007xx; | A request was answered by the value of another key.",
                "mget:2 | *1; | A response has an unexpected line: *1",
                "mget:2 | $10; | A response has an unexpected line: $10",
                "set | $2; | A response has an unexpected line: $2",
                "mset:2 | -CROSSSLOT; | A response has an unexpected line: -CROSSSLOT"
            })
    void refusesAWrongResponse(String command, String response, String beginning)
            throws LoadException {
        ResponseScanner scanner = scanner(LoadCommand.parse(command));
        byte[] bytes = response.replace(";", "\r\n").getBytes(US_ASCII);

        assertThatExceptionOfType(LoadException.class)
                .isThrownBy(() -> {
                    for (byte one : bytes) {
                        scanner.scan(ByteBuffer.wrap(new byte[] {one}));
                    }
                })
                .withMessageStartingWith(beginning);
    }

    private static void takesAtEveryCut(LoadCommand command, String responses)
            throws LoadException {
        for (int cut = 1; cut < responses.length(); cut++) {
            ResponseScanner scanner = scanner(command);

            assertThat(scanner.scan(bytes(responses.substring(0, cut)))).isFalse();
            assertThat(scanner.scan(bytes(responses.substring(cut)))).isTrue();
        }
    }

    /** Returns what reads the response to 12345 and 7, in two requests or one. */
    private static ResponseScanner scanner(LoadCommand command) {
        PrimitiveIterator.OfInt keys = IntStream.of(12345, 7).iterator();
        RequestBatch batch = new RequestBatch(LoadProtocol.REDIS, command, 10, 2);
        batch.renew(2 / command.keys(), keys::nextInt);
        return LoadProtocol.REDIS.scanner(batch, command, 10);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }
}
