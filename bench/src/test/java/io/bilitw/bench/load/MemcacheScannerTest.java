package io.bilitw.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemcacheScannerTest {

    private static final LoadCommand GET = new LoadCommand(false, 1);
    private static final String FIRST = "VALUE key:000000012345 0 6\r\nEND\r\n \r\n";
    private static final String SECOND = "VALUE key:000000000007 0 6\r\nabcdef\r\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
    void takesGetsInPiecesOfAnyLength(int pieceBytes) throws LoadException {
        feed(scanner(GET, 12345, 7), FIRST + "END\r\n" + SECOND + "END\r\n", pieceBytes);
    }

    @Test
    void takesGetsCutAtEveryByte() throws LoadException {
        String responses = FIRST + "END\r\n" + SECOND + "END\r\n";
        for (int cut = 1; cut < responses.length(); cut++) {
            ResponseScanner scanner = scanner(GET, 12345, 7);

            assertThat(scanner.scan(bytes(responses.substring(0, cut)))).isFalse();
            assertThat(scanner.scan(bytes(responses.substring(cut)))).isTrue();
        }
    }

    @Test
    void takesTheKeysOfOneGetInAnyOrder() throws LoadException {
        feed(scanner(new LoadCommand(false, 2), 7, 12345), FIRST + SECOND + "END\r\n", 4);
    }

    @Test
    void takesSetsInPieces() throws LoadException {
        feed(scanner(LoadCommand.SET, 1, 2), "STORED\r\nSTORED\r\n", 3);
    }

    @Test
    void beginsAnewForTheNextBatch() throws LoadException {
        RequestBatch batch = new RequestBatch(LoadProtocol.MEMCACHED, GET, 6, 1);
        ResponseScanner scanner = new MemcacheScanner(batch, GET, 6);
        batch.renew(1, () -> 7);
        feed(scanner, SECOND + "END\r\n", 4);
        batch.renew(1, () -> 12345);
        scanner.restart();

        feed(scanner, FIRST + "END\r\n", 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR\r\n",
                "SERVER_ERROR out of memory\r\n",
                "CLIENT_ERROR bad command line format\r\n",
                "STORED\r\n",
                "VALUE key:000000012345 0 5\r\nabcde\r\nEND\r\n",
                "VALUE key:000000012345 0 7\r\nabcdefg\r\nEND\r\n",
                "VALUE key:000000012345 0 6\r\nabcde\r\nEND\r\n",
                "VALUE key:000000012345 0 6\r\nabcdefg\r\nEND\r\n",
                "VALUE key:000000012345 1 6\r\nabcdef\r\nEND\r\n",
                "VALUE kex:000000012345 0 6\r\nabcdef\r\nEND\r\n",
                "VALUE key:000000012345 0 6\r\nabcdef\r\nEND\n",
                "\r\n"
            })
    void refusesAWrongResponseToAGet(String response) {
        for (int pieceBytes = 1; pieceBytes <= response.length(); pieceBytes++) {
            assertRefused(
                    scanner(GET, 12345),
                    response,
                    pieceBytes,
                    "A response has an unexpected line: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT_STORED\r\n", "END\r\n", "STORED\n"})
    void refusesAWrongResponseToASet(String response) {
        assertRefused(
                scanner(LoadCommand.SET, 1), response, 4, "A response has an unexpected line: ");
    }

    @Test
    void refusesAMiss() {
        assertRefused(scanner(GET, 7), "END\r\n", 1, "A get of 1 was answered by 0 values");
    }

    @Test
    void refusesAValueTooMany() {
        assertRefused(
                scanner(GET, 7),
                SECOND + SECOND + "END\r\n",
                5,
                "A get of 1 was answered by 2 values");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 100})
    void refusesMoreThanWasAsked(int pieceBytes) {
        String sentence = "The server answered more than it was asked.";

        assertRefused(scanner(GET, 7), SECOND + "END\r\nEND\r\n", pieceBytes, sentence);
        assertRefused(scanner(LoadCommand.SET, 1), "STORED\r\nS", pieceBytes, sentence);
    }

    @Test
    void refusesTheResponseToAnotherGet() {
        assertRefused(
                scanner(GET, 7, 12345),
                FIRST + "END\r\n" + SECOND + "END\r\n",
                5,
                "A get was answered by other keys than it asked for.");
    }

    @Test
    void refusesALineWithoutEnd() {
        assertRefused(
                scanner(GET, 7), "x".repeat(300), 7, "A response has an unexpected line: xxx");
    }

    private static ResponseScanner scanner(LoadCommand command, int... keys) {
        PrimitiveIterator.OfInt next = IntStream.of(keys).iterator();
        int requests = keys.length / command.keys();
        RequestBatch batch = new RequestBatch(LoadProtocol.MEMCACHED, command, 6, requests);
        batch.renew(requests, next::nextInt);
        return new MemcacheScanner(batch, command, 6);
    }

    /** Feeds responses in pieces, of which the last and no other must complete the batch. */
    private static void feed(ResponseScanner scanner, String responses, int pieceBytes)
            throws LoadException {
        for (int from = 0; from < responses.length(); from += pieceBytes) {
            int to = Math.min(responses.length(), from + pieceBytes);
            assertThat(scanner.scan(bytes(responses.substring(from, to))))
                    .as("after byte %d", to)
                    .isEqualTo(to == responses.length());
        }
    }

    private static void assertRefused(
            ResponseScanner scanner, String response, int pieceBytes, String beginning) {
        assertThatExceptionOfType(LoadException.class)
                .isThrownBy(() -> feedAll(scanner, response, pieceBytes))
                .withMessageStartingWith(beginning);
    }

    private static void feedAll(ResponseScanner scanner, String response, int pieceBytes)
            throws LoadException {
        for (int from = 0; from < response.length(); from += pieceBytes) {
            int to = Math.min(response.length(), from + pieceBytes);
            scanner.scan(bytes(response.substring(from, to)));
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }
}
