package io.bilitw.config;

import java.util.Comparator;

/**
 * One fault of a configuration file, or one warning about it: where it is and what to say.
 *
 * @param text what was found and what was expected, without a place
 */
public record Problem(String file, Position position, String text) {

    static final Comparator<Problem> BY_POSITION = Comparator.comparing(Problem::position);

    /**
     * The line to show an operator: {@code FILE:LINE:COLUMN: text}, or {@code FILE: text} for the
     * file as a whole.
     */
    @Override
    public String toString() {
        return position.equals(Position.NOWHERE)
                ? file + ": " + text
                : file + ":" + position.line() + ":" + position.column() + ": " + text;
    }
}
