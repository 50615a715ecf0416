package io.bilitw.config;

import java.util.List;

/** What stands in the file, not yet understood: texts, lists and mappings, each with its place. */
sealed interface Yaml {

    Position position();

    /** A scalar; numbers and booleans are texts too. */
    record Text(String value, Position position) implements Yaml {}

    /** A list of values. */
    record Items(List<Yaml> values, Position position) implements Yaml {}

    /**
     * A mapping in the order of the file, repeated keys included.
     *
     * @param whole false when the file breaks off inside, so that nothing can be said about missing
     *     keys
     */
    record Entries(List<Entry> entries, Position position, boolean whole) implements Yaml {}

    /** What the file may not hold; told already, so that nobody need say more about it. */
    record Refused(Position position) implements Yaml {}

    /** One key and its value. */
    record Entry(Text key, Yaml value) {}
}
