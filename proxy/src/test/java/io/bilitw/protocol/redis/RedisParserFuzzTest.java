package io.bilitw.protocol.redis;

import static io.bilitw.protocol.redis.Wire.array;
import static io.bilitw.protocol.redis.Wire.bulk;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.ParseStatus;
import io.bilitw.testkit.CutStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Holds both parsers against random input: what is valid is found whole however it is cut, and what
 * is not never throws, loops, or passes for a request that redis would read differently.
 */
class RedisParserFuzzTest {

    private static final long BUDGET_NANOS = 400_000_000L;

    private static final String ALPHABET = "*$+-:0123456789\r\n\r\n\"'\\x ab\0ÿ";

    private static final Pattern LENGTH = Pattern.compile("(0|-?[1-9][0-9]{0,17})\r\n");

    private final long seed = Long.getLong("bilitw.fuzz.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** A request and the keys that it names. */
    private record Sample(String wire, List<String> keys) {}

    @BeforeEach
    void printSeed(TestInfo test) {
        System.out.printf(
                "RedisParserFuzzTest %s seed %d (repeat with -Dbilitw.fuzz.seed=%d)%n",
                test.getDisplayName(), seed, seed);
    }

    @Test
    void findsRandomRequestsHoweverTheyAreCut() {
        int streams = 0;
        for (long end = System.nanoTime() + BUDGET_NANOS; System.nanoTime() < end; streams++) {
            RedisRequestParser parser = new RedisRequestParser();
            List<Sample> samples = new ArrayList<>();
            StringBuilder wire = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                Sample sample = request();
                samples.add(sample);
                wire.append(sample.wire);
            }
            List<Sample> found = new ArrayList<>();
            CutStream.feed(
                    wire.toString(),
                    random,
                    in -> {
                        ParseStatus status = parser.parse(in);
                        if (status == ParseStatus.COMPLETE) {
                            found.add(sampleIn(parser));
                            in.skipBytes(parser.consumedBytes());
                        } else {
                            assertThat(parser.expectedBytes()).isGreaterThan(in.readableBytes());
                        }
                        return status;
                    });
            assertThat(found).isEqualTo(samples);
        }
        assertThat(streams).isPositive();
    }

    @Test
    void findsRandomResponsesHoweverTheyAreCut() {
        int streams = 0;
        for (long end = System.nanoTime() + BUDGET_NANOS; System.nanoTime() < end; streams++) {
            boolean isResp3 = random.nextBoolean();
            RedisResponseParser parser = new RedisResponseParser(isResp3);
            List<String> responses = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                responses.add(response(isResp3, 0));
            }
            List<String> found = new ArrayList<>();
            CutStream.feed(
                    String.join("", responses),
                    random,
                    in -> {
                        ParseStatus status = parser.parse(in);
                        if (status == ParseStatus.COMPLETE) {
                            int from = in.readerIndex();
                            found.add(Wire.text(in, from, from + parser.length()));
                            in.skipBytes(parser.length());
                        } else {
                            assertThat(parser.expectedBytes()).isGreaterThan(in.readableBytes());
                        }
                        return status;
                    });
            assertThat(found).isEqualTo(responses);
        }
        assertThat(streams).isPositive();
    }

    @Test
    void readsSpoiltRequestsAsRedisDoes() {
        int requests = 0;
        for (long end = System.nanoTime() + BUDGET_NANOS; System.nanoTime() < end; requests++) {
            String wire = spoil(request().wire);
            if (!wire.startsWith("*")) {
                continue;
            }
            RedisRequestParser parser = new RedisRequestParser();

            ParseStatus status = parser.parse(Wire.buffer(wire, random.nextInt(5)));

            int bytes = arrayBytes(wire);
            assertThat(status == ParseStatus.COMPLETE).as(wire).isEqualTo(bytes >= 0);
            if (bytes >= 0) {
                assertThat(parser.consumedBytes()).as(wire).isEqualTo(bytes);
            }
        }
        assertThat(requests).isPositive();
    }

    @Test
    void survivesGarbage() {
        int pieces = 0;
        for (long end = System.nanoTime() + BUDGET_NANOS; System.nanoTime() < end; pieces++) {
            RedisRequestParser requests = new RedisRequestParser();
            CutStream.feed(
                    garbage(),
                    random,
                    in -> {
                        ParseStatus status = requests.parse(in);
                        if (status == ParseStatus.COMPLETE) {
                            assertThat(requests.consumedBytes()).isBetween(1, in.readableBytes());
                            in.skipBytes(requests.consumedBytes());
                        }
                        return status;
                    });
            RedisResponseParser responses = new RedisResponseParser(random.nextBoolean());
            CutStream.feed(
                    garbage(),
                    random,
                    in -> {
                        ParseStatus status = responses.parse(in);
                        if (status == ParseStatus.COMPLETE) {
                            assertThat(responses.length()).isBetween(1, in.readableBytes());
                            in.skipBytes(responses.length());
                        }
                        return status;
                    });
        }
        assertThat(pieces).isPositive();
    }

    private Sample request() {
        return switch (random.nextInt(7)) {
            case 0 -> new Sample(array(anyCase("ping")), List.of());
            case 1 -> new Sample(array("what" + word(), word()), List.of());
            case 2 -> onKeys("get", List.of(word()));
            case 3 -> onKeys("mget", words(1 + random.nextInt(20)));
            case 4 -> pairs(words(1 + random.nextInt(20)));
            case 5 -> script(words(1 + random.nextInt(3)));
            default -> setWithBigValue(word());
        };
    }

    private Sample onKeys(String name, List<String> keys) {
        List<String> words = new ArrayList<>(List.of(anyCase(name)));
        words.addAll(keys);
        return new Sample(array(words.toArray(String[]::new)), keys);
    }

    private Sample pairs(List<String> keys) {
        List<String> words = new ArrayList<>(List.of(anyCase("mset")));
        keys.forEach(key -> words.addAll(List.of(key, word())));
        return new Sample(array(words.toArray(String[]::new)), keys);
    }

    /** The first key alone decides where a script runs. */
    private Sample script(List<String> keys) {
        List<String> words =
                new ArrayList<>(List.of(anyCase("eval"), word(), Integer.toString(keys.size())));
        words.addAll(keys);
        words.add(word());
        return new Sample(array(words.toArray(String[]::new)), keys.subList(0, 1));
    }

    private Sample setWithBigValue(String key) {
        return new Sample(
                array(anyCase("set"), key, word().repeat(random.nextInt(300))), List.of(key));
    }

    private static Sample sampleIn(RedisRequestParser parser) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < parser.keyCount(); i++) {
            keys.add(Wire.text(parser.source(), parser.keyFrom(i), parser.keyTo(i)));
        }
        int from = parser.start();
        return new Sample(Wire.text(parser.source(), from, from + parser.length()), keys);
    }

    private String response(boolean isResp3, int depth) {
        if (isResp3 && random.nextBoolean()) {
            return resp3Value(depth);
        }
        return switch (random.nextInt(depth < 6 ? 10 : 7)) {
            case 0 -> "+" + line() + "\r\n";
            case 1 -> "-" + line() + "\r\n";
            case 2 -> ":" + random.nextLong() + "\r\n";
            case 3 -> "$-1\r\n";
            case 4 -> "*-1\r\n";
            case 5 -> bulk(word());
            case 6 -> bulk(word().repeat(random.nextInt(100)));
            default -> values('*', 1, isResp3, depth);
        };
    }

    private String resp3Value(int depth) {
        return switch (random.nextInt(depth < 6 ? 8 : 5)) {
            case 0 -> "_\r\n";
            case 1 -> "#t\r\n";
            case 2 -> ",-1.5e3\r\n";
            case 3 -> "(" + "9".repeat(30) + "\r\n";
            case 4 -> "=!".charAt(random.nextInt(2)) + bulk(word()).substring(1);
            case 5 -> values('%', 2, true, depth);
            case 6 -> values('~', 1, true, depth);
            default -> values('|', 2, true, depth) + response(true, depth + 1);
        };
    }

    /** Random values in something that has {@code perElement} of them an element. */
    private String values(char type, int perElement, boolean isResp3, int depth) {
        int elements = random.nextInt(5);
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < elements * perElement; i++) {
            values.append(response(isResp3, depth + 1));
        }
        return type + Integer.toString(elements) + "\r\n" + values;
    }

    private List<String> words(int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(word());
        }
        return words;
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            word.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return word.toString();
    }

    private String line() {
        return word().replace('\n', 'n').replace('\r', 'r');
    }

    private String anyCase(String name) {
        StringBuilder mixed = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            if (random.nextBoolean()) {
                mixed.setCharAt(i, Character.toUpperCase(name.charAt(i)));
            }
        }
        return mixed.toString();
    }

    private String spoil(String wire) {
        StringBuilder spoilt = new StringBuilder(wire);
        for (int i = random.nextInt(3); i >= 0; i--) {
            // Mostly near the front, where the lengths are.
            int at = random.nextInt(Math.min(spoilt.length(), random.nextBoolean() ? 12 : 1000));
            char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(3)) {
                case 0 -> spoilt.setCharAt(at, other);
                case 1 -> spoilt.insert(at, other);
                default -> spoilt.deleteCharAt(at);
            }
        }
        return spoilt.toString();
    }

    private String garbage() {
        StringBuilder garbage = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--) {
            garbage.append(
                    switch (random.nextInt(5)) {
                        case 0 -> spoil(request().wire);
                        case 1 -> "*" + random.nextInt(4) + "\r\n";
                        case 2 -> "$" + random.nextInt(4) + "\r\n";
                        case 3 -> response(random.nextBoolean(), 5);
                        default -> word();
                    });
        }
        return garbage.toString();
    }

    /**
     * The length of the array of bulk strings that {@code wire} begins with, by the rules of redis
     * in the simplest words and with our limit to names; -1 if there is none, or not the whole of
     * it.
     */
    private static int arrayBytes(String wire) {
        Matcher length = LENGTH.matcher(wire);
        if (!length.region(1, wire.length()).lookingAt()) {
            return -1;
        }
        long count = number(length);
        int at = length.end();
        for (long i = 0; i < count; i++) {
            if (at >= wire.length() || wire.charAt(at) != '$') {
                return -1;
            }
            if (!length.region(at + 1, wire.length()).lookingAt() || number(length) < 0) {
                return -1;
            }
            if (i == 0 && number(length) > RedisRequestParser.MAX_NAME_BYTES) {
                return -1;
            }
            long end = length.end() + number(length);
            if (!wire.startsWith("\r\n", (int) Math.min(end, wire.length()))) {
                return -1;
            }
            at = (int) end + 2;
        }
        return at;
    }

    private static long number(Matcher length) {
        return Long.parseLong(length.group(1));
    }
}
