package io.bilitw;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
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
 * become blanks.
 */
final class LineEncoder extends EncoderBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private final String process;

    /** Makes an encoder that puts {@code process} before the component. */
    LineEncoder(String process) {
        this.process = process;
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        line.append('[');
        TIME.formatTo(event.getInstant(), line);
        line.append("] ")
                .append(event.getLevel().levelStr.toLowerCase(Locale.ROOT))
                .append(' ')
                .append(process)
                .append(component(event.getLoggerName()))
                .append(' ');
        appendOneLine(line, event.getFormattedMessage());
        line.append('\n');
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.append(ThrowableProxyUtil.asString(thrown));
        }
        return line.toString().getBytes(UTF_8);
    }

    private static String component(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static void appendOneLine(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            line.append(Character.isISOControl(letter) ? ' ' : letter);
        }
    }
}
