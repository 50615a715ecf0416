package io.bilitw.control;

import java.util.Arrays;

/**
 * What a worker must know besides the configuration.
 *
 * @param bufferBytes the size of an out-buffer
 * @param verbosity the log level
 * @param number how many workers were started before it, which keeps the numbers of its clients
 *     apart from those of others
 * @param processor where its event loop is to run, or {@link #ANY_PROCESSOR}
 */
public record StartSettings(int bufferBytes, int verbosity, int number, int processor) {

    /** The event loop may run anywhere. */
    public static final int ANY_PROCESSOR = -1;

    /** The settings as the argument of a message. */
    public String text() {
        return bufferBytes + " " + verbosity + " " + number + " " + processor;
    }

    /** Reads what {@link #text} has written. */
    public static StartSettings read(String text) {
        int[] numbers = Arrays.stream(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
        return new StartSettings(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
