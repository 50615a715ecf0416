package io.bilitw.config;

import java.util.Comparator;

/** A place in the configuration file; line and column count from 1, columns in characters. */
public record Position(int line, int column) implements Comparable<Position> {

    /** The place of a fault that concerns the whole file, such as a file that cannot be opened. */
    static final Position NOWHERE = new Position(0, 0);

    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
