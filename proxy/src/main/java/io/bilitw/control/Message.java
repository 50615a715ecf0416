package io.bilitw.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/**
 * One message: its kind in lower case, and behind a blank its argument, if any.
 *
 * @param <K> the table the kind is a row of
 */
public record Message<K extends Enum<K>>(K kind, String argument) {

    /** The message as it travels. */
    public byte[] bytes() {
        String word = kind.name().toLowerCase(Locale.ROOT);
        return (argument.isEmpty() ? word : word + " " + argument).getBytes(UTF_8);
    }

    /**
     * Reads a message.
     *
     * @throws IllegalArgumentException if it is of no kind in {@code table}, as when master and
     *     worker are of different versions
     */
    public static <K extends Enum<K>> Message<K> read(Class<K> table, byte[] bytes) {
        String text = new String(bytes, UTF_8);
        int blank = text.indexOf(' ');
        String word = blank < 0 ? text : text.substring(0, blank);
        K kind = Enum.valueOf(table, word.toUpperCase(Locale.ROOT));
        return new Message<>(kind, blank < 0 ? "" : text.substring(blank + 1));
    }
}
