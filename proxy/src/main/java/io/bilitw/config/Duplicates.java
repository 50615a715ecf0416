package io.bilitw.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers where each name was seen first, and tells a fault where it is seen again. */
final class Duplicates {

    private final String expected;
    private final Problems problems;
    private final Map<String, Position> firstSeen = new HashMap<>();

    /**
     * @param expected what should have been, for the message
     */
    Duplicates(String expected, Problems problems) {
        this.expected = expected;
        this.problems = problems;
    }

    /**
     * Notes {@code name} at {@code position}; {@code found} names it in the message should it be
     * there already.
     */
    void check(String name, Position position, String found) {
        Position first = firstSeen.putIfAbsent(name, position);
        if (first != null) {
            problems.fault(
                    position,
                    found
                            + " is a duplicate of line "
                            + first.line()
                            + " (expected: "
                            + expected
                            + ")");
        }
    }

    /** The place where {@code name} was seen first, or null. */
    @Nullable Position first(String name) {
        return firstSeen.get(name);
    }
}
