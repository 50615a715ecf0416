package io.bilitw;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes a log line.
 *
 * <pre>
 *   [2026-03-31 23:59:59.007] warn Listener cannot accept: too many open files
 *    local time               level '- class, or the room or thing that speaks; a worker's have
 *                                      its title before it: worker0/Listener
 * </pre>
 *
 * A text is one line whatever it holds, since parts of it may come from a peer: control characters
 * become blanks, and what is too long is cut. The lines of a stack trace begin with a tab.
 */
final class LineEncoder {

    /** As much as a pipe takes from several processes without mixing it (PIPE_BUF). */
    static final int MAX_LINE_BYTES = 4096;

    /** A line with its stack trace. */
    static final int MAX_TRACE_BYTES = 32 * 1024;

    /** The end of what was cut. */
    private static final byte[] CUT = "...\n".getBytes(UTF_8);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private final String process;

    /** Makes an encoder that puts {@code process} before the component. */
    LineEncoder(String process) {
        this.process = process;
    }

    /**
     * The line of {@code event}, with {@code note} behind its text, and the lines of the stack
     * trace that it has.
     */
    byte[] encode(ILoggingEvent event, String note) {
        byte[] line =
                line(
                        event.getInstant(),
                        event.getLevel(),
                        component(event.getLoggerName()),
                        event.getFormattedMessage() + note);
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown == null) {
            return line;
        }
        StringBuilder all = new StringBuilder(new String(line, UTF_8));
        appendTrace(all, ThrowableProxyUtil.asString(thrown));
        return cut(all.toString().getBytes(UTF_8), MAX_TRACE_BYTES);
    }

    /** A line with its end. */
    byte[] line(Instant time, Level level, String component, String text) {
        StringBuilder line = new StringBuilder(160);
        line.append('[');
        TIME.formatTo(time, line);
        line.append("] ")
                .append(level.levelStr.toLowerCase(Locale.ROOT))
                .append(' ')
                .append(process)
                .append(component)
                .append(' ');
        for (int i = 0; i < text.length(); i++) {
            line.append(printable(text.charAt(i)));
        }
        line.append('\n');
        return cut(line.toString().getBytes(UTF_8), MAX_LINE_BYTES);
    }

    private static String component(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    /** Appends {@code trace}, in which the message of an exception may have lines as well. */
    private static void appendTrace(StringBuilder all, String trace) {
        for (String line : trace.strip().split("\n", -1)) {
            all.append('\t');
            for (int i = 0; i < line.length(); i++) {
                all.append(line.charAt(i) == '\t' ? '\t' : printable(line.charAt(i)));
            }
            all.append('\n');
        }
    }

    private static char printable(char letter) {
        boolean endsLine =
                Character.isISOControl(letter) || letter == '\u2028' || letter == '\u2029';
        return endsLine ? ' ' : letter;
    }

    /** The beginning of {@code line}, without a part of a letter, and the mark that it was cut. */
    private static byte[] cut(byte[] line, int max) {
        if (line.length <= max) {
            return line;
        }
        int end = max - CUT.length;
        while ((line[end] & 0xC0) == 0x80) { // inside a letter of UTF-8
            end--;
        }
        byte[] cut = new byte[end + CUT.length];
        System.arraycopy(line, 0, cut, 0, end);
        System.arraycopy(CUT, 0, cut, end, CUT.length);
        return cut;
    }
}
