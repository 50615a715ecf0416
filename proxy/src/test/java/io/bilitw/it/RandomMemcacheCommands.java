package io.bilitw.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Requests of many kinds, classic and meta, right and wrong, over a small set of keys, so that they
 * often meet the same key. A request is a text whose characters are bytes.
 *
 * <p>Left out is what one memcached answers by chance: times, {@code decr} (it pads the number if
 * nobody is reading it just then), counting in values that are no words (it looks beyond their
 * end). Left out is also where the proxy differs on purpose: a faulty line of a storage command
 * whose length is good (the proxy skips the data block), flags beyond 32 bits, lines of more than
 * 2048 bytes, the operator's commands, a key that is both too long and in a line of {@code delete}
 * with a time. A read with a key that is too long comes first, as memcached drops what it has not
 * sent yet when it finds one.
 */
final class RandomMemcacheCommands {

    private static final String LONG_KEY = "y".repeat(251);
    private static final String NO_CAS = "999999999";

    private static final List<String> KEYS =
            Stream.concat(
                            Stream.iterate(0, i -> i < 40, i -> i + 1).map(i -> "k" + i),
                            Stream.of("x".repeat(250), "\u00ff\1", "a\rb", "{t}1"))
                    .toList();

    private static final List<String> FAULTY =
            List.of(
                    "verbosity x",
                    "foo",
                    "",
                    "get",
                    "set a 0 0",
                    "set a 0 0 1 x y",
                    "set a 0 0 x",
                    "set a 0 0 -1",
                    "cas a 0 0 1",
                    "incr k1",
                    "incr k1 x",
                    "touch k1",
                    "touch k1 x",
                    "mg",
                    "md",
                    "me",
                    "ms k1",
                    "ms k1 x",
                    "delete",
                    "delete k1 1",
                    "delete k1 0 0 0",
                    "GET k1",
                    "flush_all x",
                    "flush_all 0 0 0",
                    "mx k",
                    "gat",
                    "gat x k1",
                    "mg k1 v v",
                    "mg k1 Oxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                    "mg ! b",
                    "incr " + LONG_KEY + " 1",
                    "delete " + LONG_KEY,
                    "delete " + LONG_KEY + " noreply",
                    "mg " + LONG_KEY + " q",
                    "md " + LONG_KEY,
                    "me " + LONG_KEY);

    private final Random random;
    private int opaque;

    RandomMemcacheCommands(Random random) {
        this.random = random;
    }

    /** The next request, which is {@code isFirst} of its pipeline or not. */
    String next(boolean isFirst) {
        if (isFirst && random.nextInt(20) == 0) {
            return "get k1 " + LONG_KEY + " k2\r\n";
        }
        int kind = random.nextInt(34);
        if (kind < 8) {
            return read(kind < 6 ? one("get", "gets") : one("gat 0", "gats 1000", "gat -1"));
        } else if (kind < 14) {
            return stored(one("set", "set", "add", "replace", "append", "prepend"), "");
        } else if (kind < 16) {
            return kind == 14 ? stored("cas", " " + NO_CAS) : storedNumber();
        } else if (kind < 20) {
            return keyed();
        } else if (kind < 22) {
            return ofAllServers();
        } else if (kind < 24) {
            return oneOf(FAULTY) + lineEnd();
        }
        return meta(kind);
    }

    private String read(String head) {
        StringBuilder line = new StringBuilder(head);
        int keys = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(40);
        for (int i = 0; i < keys; i++) {
            line.append(random.nextInt(10) == 0 ? "  " : " ")
                    .append(random.nextInt(5) == 0 ? numberKey() : key());
        }
        boolean isShort = line.length() < 2000 || head.startsWith("get");
        return (isShort ? line : head + " " + key()) + one("", " ") + lineEnd();
    }

    private String stored(String command, String cas) {
        String value = value();
        return command
                + " "
                + key()
                + " "
                + one("0", "7", "4294967295")
                + " "
                + one("0", "0", "1000", "-1")
                + " "
                + value.length()
                + cas
                + noreply()
                + lineEnd()
                + value
                + "\r\n";
    }

    private String storedNumber() {
        String value = one("0", "7", "10", "999", "abc");
        return "set "
                + numberKey()
                + " 0 0 "
                + value.length()
                + noreply()
                + "\r\n"
                + value
                + "\r\n";
    }

    private String keyed() {
        String line =
                switch (random.nextInt(4)) {
                    case 0 -> "delete " + key() + one("", " 0");
                    case 1 -> "touch " + key() + one(" 0", " 1000", " -1");
                    default -> "incr " + numberKey() + one(" 1", " 50", " -1");
                };
        return line + noreply() + lineEnd();
    }

    private String ofAllServers() {
        String line =
                random.nextInt(20) == 0
                        ? one("flush_all", "flush_all 0", "flush_all noreply")
                        : one("version", "verbosity 0", "verbosity 0 noreply", "mn");
        return line + lineEnd();
    }

    private String meta(int kind) {
        boolean isCount = kind >= 32;
        boolean isBinary = random.nextInt(6) == 0;
        String key = isCount ? numberKey() : key();
        if (isBinary && key.length() < 180) {
            key = Base64.getEncoder().encodeToString(key.getBytes(ISO_8859_1)) + "\0b";
        }
        String name = key.replace("\0b", "");
        String binary = key.endsWith("\0b") ? " b" : "";
        if (kind < 27) {
            return "mg " + name + binary + flags("v s k f O q q u N1000 c T1000 z") + lineEnd();
        } else if (kind < 30) {
            String value = value();
            return "ms "
                    + name
                    + " "
                    + value.length()
                    + binary
                    + flags("q q k O F9 T1000 ME MA MP MR MS C" + NO_CAS + " I c Z MX")
                    + lineEnd()
                    + value
                    + "\r\n";
        } else if (kind < 32) {
            return "md " + name + binary + flags("q q k O C" + NO_CAS + " I T100 z") + lineEnd();
        }
        return "ma " + name + binary + flags("q q k O v N1000 J10 D7 MI MX c Dx") + lineEnd();
    }

    private String flags(String choice) {
        List<String> flags = new ArrayList<>(List.of(choice.split(" ", -1)));
        Collections.shuffle(flags, random);
        StringBuilder text = new StringBuilder();
        for (String flag : flags.subList(0, random.nextInt(6))) {
            text.append(' ').append(flag.equals("O") ? "O" + opaque++ : flag);
        }
        return text.toString();
    }

    private String value() {
        if (random.nextInt(3) == 0) {
            return Integer.toString(random.nextInt(1000));
        }
        int[] lengths = {0, 1, 2, 5, 40, 300, 8000};
        int length = random.nextInt(100) == 0 ? 200_000 : lengths[random.nextInt(lengths.length)];
        String alphabet = "ab\r\n\0 VALUEND";
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < length; i++) {
            value.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return value.toString();
    }

    private String key() {
        return oneOf(KEYS);
    }

    private String numberKey() {
        return "n" + random.nextInt(12);
    }

    private String noreply() {
        return one("", "", " noreply");
    }

    private String lineEnd() {
        return random.nextInt(10) == 0 ? "\n" : "\r\n";
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String oneOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
