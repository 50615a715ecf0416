package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.ParseStatus;
import io.bilitw.testkit.CutStream;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Finds random valid messages whole, and what is in them, however their stream is cut. */
class MemcacheMessageFuzzTest {

    private static final long BUDGET_NANOS = 400_000_000L;
    private static final String KEY_LETTERS = "abc:_-*$\r{}\u00ff\u0001\t";
    private static final String VALUE_LETTERS = "ab \r\n\0END VALUE\u00ff";

    private final long seed = Long.getLong("bilitw.fuzz.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** A request, and what is to be found in it. */
    private record Sample(
            @Nullable MemcacheCommand command,
            String wire,
            List<String> keys,
            boolean isWithoutReply) {}

    @BeforeEach
    void printSeed(TestInfo test) {
        System.out.printf(
                "MemcacheMessageFuzzTest %s seed %d (repeat with -Dbilitw.fuzz.seed=%d)%n",
                test.getDisplayName(), seed, seed);
    }

    @Test
    void findsRandomRequestsHoweverTheyAreCut() {
        int streams = 0;
        for (long end = System.nanoTime() + BUDGET_NANOS; System.nanoTime() < end; streams++) {
            MemcacheRequestParser parser = new MemcacheRequestParser();
            List<Sample> samples = new ArrayList<>();
            StringBuilder wire = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                Sample sample = request();
                samples.add(sample);
                wire.append(sample.wire);
            }
            List<Sample> found = new ArrayList<>();
            feed(
                    wire.toString(),
                    in -> {
                        ParseStatus status = parser.parse(in);
                        if (status == ParseStatus.COMPLETE) {
                            assertThat(parser.problem()).as("seed %d", seed).isNull();
                            found.add(sampleIn(parser, in));
                            in.skipBytes(parser.consumedBytes());
                        } else {
                            assertThat(parser.expectedBytes()).isGreaterThan(in.readableBytes());
                        }
                        return status;
                    });
            assertThat(found).as("seed %d", seed).isEqualTo(samples);
        }
        assertThat(streams).isPositive();
    }

    @Test
    void findsRandomResponsesHoweverTheyAreCut() {
        int streams = 0;
        for (long end = System.nanoTime() + BUDGET_NANOS; System.nanoTime() < end; streams++) {
            MemcacheResponseParser parser = new MemcacheResponseParser();
            List<String> responses = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                responses.add(response());
            }
            List<String> found = new ArrayList<>();
            feed(
                    String.join("", responses),
                    in -> {
                        ParseStatus status = parser.parse(in);
                        if (status == ParseStatus.COMPLETE) {
                            int from = in.readerIndex();
                            found.add(in.toString(from, parser.length(), ISO_8859_1));
                            in.skipBytes(parser.length());
                        } else {
                            assertThat(parser.expectedBytes()).isGreaterThan(in.readableBytes());
                        }
                        return status;
                    });
            assertThat(found).as("seed %d", seed).isEqualTo(responses);
        }
        assertThat(streams).isPositive();
    }

    /** Feeds {@code wire}, which is made of whole messages, so that nothing may be left. */
    private void feed(String wire, CutStream.Reader reader) {
        String rest =
                CutStream.feed(
                        wire,
                        random,
                        in -> {
                            ParseStatus status = reader.read(in);
                            assertThat(status)
                                    .as("seed %d: %s", seed, wire)
                                    .isNotEqualTo(ParseStatus.INVALID);
                            return status;
                        });
        assertThat(rest).isEmpty();
    }

    private Sample request() {
        return switch (random.nextInt(7)) {
            case 0 -> read(MemcacheCommand.GETS, "gets");
            case 1 -> read(MemcacheCommand.GAT, "gat" + blanks() + expiry());
            case 2 -> store(MemcacheCommand.SET, "");
            case 3 -> store(MemcacheCommand.CAS, blanks() + random.nextInt(1000));
            case 4 -> onKey(MemcacheCommand.TOUCH, blanks() + expiry());
            case 5 -> metaStore();
            default -> plain(MemcacheCommand.MG, random.nextBoolean() ? " v q k O7" : "");
        };
    }

    private Sample read(MemcacheCommand command, String head) {
        StringBuilder wire = new StringBuilder(head);
        List<String> keys = new ArrayList<>();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 500 : 5); i >= 0; i--) {
            keys.add(key());
            wire.append(blanks()).append(keys.getLast());
        }
        return new Sample(command, wire + lineEnd(), keys, false);
    }

    private Sample store(MemcacheCommand command, String cas) {
        String key = key();
        String value = value();
        String line =
                command.lowerName()
                        + blanks()
                        + key
                        + blanks()
                        + Integer.toUnsignedString(random.nextInt())
                        + blanks()
                        + expiry()
                        + blanks()
                        + value.length()
                        + cas;
        return sample(command, line, key, value + "\r\n", random.nextBoolean());
    }

    private Sample onKey(MemcacheCommand command, String rest) {
        String key = key();
        String line = command.lowerName() + blanks() + key + rest;
        return sample(command, line, key, "", random.nextBoolean());
    }

    private Sample metaStore() {
        String key = key();
        String value = value();
        String line = "ms" + blanks() + key + blanks() + value.length() + " T30 O" + key().length();
        return sample(MemcacheCommand.MS, line, key, value + "\r\n", false);
    }

    private Sample plain(MemcacheCommand command, String rest) {
        String key = key();
        return sample(command, command.lowerName() + blanks() + key + rest, key, "", false);
    }

    private Sample sample(
            MemcacheCommand command, String line, String key, String data, boolean isWithoutReply) {
        String wire = line + (isWithoutReply ? " noreply" : "") + lineEnd() + data;
        return new Sample(command, wire, List.of(key), isWithoutReply);
    }

    /** What the parser says; the word that it has blanked out is put back. */
    private static Sample sampleIn(MemcacheRequestParser parser, ByteBuf in) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < parser.keyCount(); i++) {
            int from = parser.keyFrom(i);
            keys.add(parser.keySource().toString(from, parser.keyTo(i) - from, ISO_8859_1));
        }
        boolean isWithoutReply = parser.line().isWithoutReply();
        String wire = in.toString(in.readerIndex(), parser.consumedBytes(), ISO_8859_1);
        return new Sample(
                parser.line().command(),
                isWithoutReply ? wire.replaceFirst(" {8}(\r?\n)", " noreply$1") : wire,
                keys,
                isWithoutReply);
    }

    private String response() {
        return switch (random.nextInt(6)) {
            case 0 -> values() + "END\r\n";
            case 1 -> values() + "SERVER_ERROR out of memory writing get response\r\n";
            case 2 -> {
                String value = value();
                String flags = random.nextBoolean() ? " f0 kab" : "";
                yield "VA " + value.length() + flags + "\r\n" + value + "\r\n";
            }
            case 3 -> random.nextInt(1000) + " ".repeat(random.nextInt(3)) + "\r\n";
            case 4 -> "HD O" + random.nextInt(1000) + "\r\n";
            default -> "STORED\r\n";
        };
    }

    private String values() {
        StringBuilder values = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            String value = value();
            values.append("VALUE ")
                    .append(key())
                    .append(" 7 ")
                    .append(value.length())
                    .append(random.nextBoolean() ? " 12345\r\n" : "\r\n")
                    .append(value)
                    .append("\r\n");
        }
        return values.toString();
    }

    private String key() {
        int bytes = random.nextInt(20) == 0 ? RequestLine.MAX_KEY_BYTES : 1 + random.nextInt(12);
        return text(KEY_LETTERS, bytes - 1) + "k"; // a carriage return may end the line
    }

    private String value() {
        return text(VALUE_LETTERS, random.nextInt(random.nextInt(10) == 0 ? 3000 : 12));
    }

    private String text(String letters, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private String expiry() {
        return Integer.toString(random.nextInt());
    }

    private String blanks() {
        return " ".repeat(1 + random.nextInt(2));
    }

    private String lineEnd() {
        return random.nextInt(4) == 0 ? "\n" : "\r\n";
    }
}
