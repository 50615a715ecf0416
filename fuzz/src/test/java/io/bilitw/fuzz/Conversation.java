package io.bilitw.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client says to a server over one connection.
 *
 * @param name names the seeds made of it
 * @param flags the {@link FuzzInput#flag flags} of those seeds
 * @param turns what it says, one turn after the other
 */
record Conversation(String name, Flags flags, List<Turn> turns) {

    /** The flags of the seed with the requests, and of the one with the responses. */
    record Flags(int requests, int responses) {}

    /** Requests sent together, and how many responses come then. */
    record Turn(String wire, int responses) {}

    /** Says each line of {@code script} as an array of its words. */
    static Conversation inArrays(String name, Flags flags, String script) {
        return new Conversation(
                name, flags, script.lines().map(line -> new Turn(array(line), 1)).toList());
    }

    /** Says each line of {@code script} as it is. */
    static Conversation inLines(String name, Flags flags, String script) {
        return new Conversation(
                name, flags, script.lines().map(line -> new Turn(line + "\r\n", 1)).toList());
    }

    /** Says {@code turns}. */
    static Conversation of(String name, Flags flags, Turn... turns) {
        return new Conversation(name, flags, List.of(turns));
    }

    private static String array(String line) {
        String[] words = line.split(" ", -1);
        return Stream.of(words)
                .map(word -> "$" + word.length() + "\r\n" + word + "\r\n")
                .collect(Collectors.joining("", "*" + words.length + "\r\n", ""));
    }

    /** The dialect in which the server answers. */
    int dialect() {
        return flags.responses() >>> RedisResponseFuzzTest.RESP3 & 1;
    }

    /** All that it says. */
    byte[] requests() {
        return turns.stream().map(Turn::wire).collect(Collectors.joining()).getBytes(ISO_8859_1);
    }
}
