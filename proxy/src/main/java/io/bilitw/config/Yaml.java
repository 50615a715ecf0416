package io.bilitw.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in the file, not yet understood: texts, lists and mappings, each with its place. */
sealed interface Yaml {

    Position position();

    /** A scalar; numbers and booleans are texts too. */
    record Text(String value, Position position) implements Yaml {}

    /** A list of values. */
    record Items(List<Yaml> values, Position position) implements Yaml {}

    /** A mapping in the order of the file, repeated keys included. */
    record Entries(List<Entry> entries, Position position) implements Yaml {}

    /** What the file may not hold; told already, so that nobody need say more about it. */
    record Refused(Position position) implements Yaml {}

    /**
     * All of a file.
     *
     * @param root null when the file is empty
     * @param cutShort whether the file stops being YAML somewhere, so that the end is missing
     */
    record Document(@Nullable Yaml root, boolean cutShort) {}

    /** One key and its value. */
    record Entry(Text key, Yaml value) {}
}
