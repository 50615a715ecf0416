package io.bilitw.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The place of one value in the file, where whoever reads the value can tell what is wrong with it.
 *
 * @param what the words that lead every message here, such as {@code timeout} or {@code servers}
 */
@SuppressWarnings(
        "TypeParameterUnusedInFormals") // what reject returns is null, which is of every type
record Spot(String what, Position position, Problems problems) {

    /** Tells a fault and returns null, so that a reader can say {@code return spot.reject(...)}. */
    <T> @Nullable T reject(String found, String expected) {
        problems.fault(position, what + ": " + found + " (expected: " + expected + ")");
        return null;
    }

    /**
     * Tells that {@code name} is none of {@code allowed}, and which of them it resembles; returns
     * null.
     */
    <T> @Nullable T rejectName(String name, String noun, Collection<String> allowed) {
        return reject(
                "'" + name + "' is not a " + noun + Spelling.suggestion(name, allowed),
                "one of " + String.join(", ", allowed));
    }

    void warn(String text) {
        problems.warning(position, what + ": " + text);
    }
}
