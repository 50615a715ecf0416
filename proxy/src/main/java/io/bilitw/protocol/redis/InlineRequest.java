package io.bilitw.protocol.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as a person types it: words on a line, with quotes where a word holds a blank. The
 * rules are those of redis (sds.c:sdssplitargs): in double quotes {@code \n \r \t \b \a \xHH} and
 * {@code \"} are escapes, in single quotes only {@code \'}; a closing quote must end its word. A
 * NUL ends the line, as it ends a string of C.
 */
final class InlineRequest {

    private static final byte VERTICAL_TAB = 0x0B;

    private final ByteBuf in;
    private final int end;
    private int at;

    private InlineRequest(ByteBuf in, int from, int end) {
        this.in = in;
        this.end = end;
        at = from;
    }

    /**
     * Writes the words in {@code [from, to)} of {@code in} as an array of bulk strings.
     *
     * @return a heap buffer that needs no release, or null if a quote is not closed
     */
    static @Nullable ByteBuf toArray(ByteBuf in, int from, int to) {
        int nul = in.indexOf(from, to, (byte) 0);
        List<byte[]> words = new InlineRequest(in, from, nul < 0 ? to : nul).words();
        if (words == null) {
            return null;
        }
        ByteBuf array = Unpooled.buffer(to - from + 16 * (words.size() + 1));
        writeLength(array, '*', words.size());
        for (byte[] word : words) {
            writeLength(array, '$', word.length);
            array.writeBytes(word).writeByte('\r').writeByte('\n');
        }
        return array;
    }

    private static void writeLength(ByteBuf out, char marker, int length) {
        out.writeCharSequence(marker + Integer.toString(length) + "\r\n", US_ASCII);
    }

    private @Nullable List<byte[]> words() {
        List<byte[]> words = new ArrayList<>();
        while (true) {
            while (at < end && isBlank(in.getByte(at))) {
                at++;
            }
            if (at == end) {
                return words;
            }
            byte[] word = word();
            if (word == null) {
                return null;
            }
            words.add(word);
        }
    }

    private byte @Nullable [] word() {
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        while (at < end && !endsWord(in.getByte(at))) {
            byte next = in.getByte(at++);
            if (next == '"' || next == '\'') {
                return readQuoted(next, word) ? word.toByteArray() : null;
            }
            word.write(next);
        }
        return word.toByteArray();
    }

    /**
     * Reads up to the closing {@code quote}; false if there is none, or if it does not end the
     * word.
     */
    private boolean readQuoted(byte quote, ByteArrayOutputStream word) {
        while (at < end) {
            byte next = in.getByte(at++);
            if (next == quote) {
                return at == end || isBlank(in.getByte(at));
            }
            if (next == '\\' && at < end && (quote == '"' || in.getByte(at) == '\'')) {
                word.write(quote == '"' ? readEscape() : in.getByte(at++));
            } else {
                word.write(next);
            }
        }
        return false;
    }

    private int readEscape() {
        byte letter = in.getByte(at++);
        if (letter == 'x' && at + 1 < end) {
            int high = Character.digit(in.getByte(at), 16);
            int low = Character.digit(in.getByte(at + 1), 16);
            if (high >= 0 && low >= 0) {
                at += 2;
                return high * 16 + low;
            }
        }
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            default -> letter;
        };
    }

    /** As isspace(3) in the C locale. */
    private static boolean isBlank(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    /** Fewer than what may stand between words: redis takes two of the blanks for letters. */
    private static boolean endsWord(byte b) {
        return isBlank(b) && b != VERTICAL_TAB && b != '\f';
    }
}
