package io.bilitw.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A client on its way from a worker to its successor; its socket travels along.
 *
 * @param listen the address it has connected to, as in the configuration
 * @param pool the name of its pool
 * @param id its number
 * @param acceptedNanos when it was accepted, by the system's monotonic clock
 * @param state what its conversation remembers, by name; no blanks or line feeds in it
 * @param unread the beginning of a request, whose rest has not arrived
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares clients
public record MovedClient(
        String listen,
        String pool,
        long id,
        long acceptedNanos,
        Map<String, String> state,
        byte[] unread) {

    /** Lines before those of the state. */
    private static final int FIXED_LINES = 4;

    /** The client as it travels: its lines, an empty line, the unread bytes. */
    public byte[] bytes() {
        StringBuilder head = new StringBuilder(256);
        head.append(listen).append('\n').append(pool).append('\n');
        head.append(id).append('\n').append(acceptedNanos).append('\n');
        state.forEach((name, value) -> head.append(name).append(' ').append(value).append('\n'));
        byte[] lines = head.append('\n').toString().getBytes(UTF_8);
        byte[] all = Arrays.copyOf(lines, lines.length + unread.length);
        System.arraycopy(unread, 0, all, lines.length, unread.length);
        return all;
    }

    /** Reads what {@link #bytes} has written; names in the state that are new are kept as well. */
    public static MovedClient read(byte[] bytes) {
        int end = 1;
        while (bytes[end - 1] != '\n' || bytes[end] != '\n') {
            end++;
        }
        String[] lines = new String(bytes, 0, end, UTF_8).split("\n", -1);
        Map<String, String> state = new LinkedHashMap<>();
        for (int i = FIXED_LINES; i < lines.length && !lines[i].isEmpty(); i++) {
            int blank = lines[i].indexOf(' ');
            state.put(lines[i].substring(0, blank), lines[i].substring(blank + 1));
        }
        return new MovedClient(
                lines[0],
                lines[1],
                Long.parseLong(lines[2]),
                Long.parseLong(lines[3]),
                state,
                Arrays.copyOfRange(bytes, end + 1, bytes.length));
    }
}
