package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.protocol.Spans;
import io.bilitw.protocol.WireBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The words of one request line, and what they say. Reused; event-loop confined.
 *
 * <p>As memcached it takes any number of blanks between words, and a NUL for the end of the words.
 * It is strict where that keeps the stream in step: a line with a data block behind it goes to a
 * connection that many clients share, so no server must find fault with it, and no server must be
 * made to write a line feed that the client chose.
 *
 * <p>A word {@code noreply} is blanked out, so that the server always answers: what it says then is
 * thrown away by the proxy, and no stray error can take the place of another client's response.
 */
final class RequestLine {

    /** Longest key, as in memcached ({@code KEY_MAX_LENGTH}). */
    static final int MAX_KEY_BYTES = 250;

    /** Longest value; no memcached can be set to take longer ones. */
    static final int MAX_VALUE_BYTES = 1024 * 1024 * 1024;

    /** Longest length that memcached believes. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 2;

    /** Words of a meta command, as in memcached ({@code MFLAG_MAX_OPT_LENGTH}). */
    private static final int MAX_META_WORDS = 19;

    /** Longest text of a word for an answer of the proxy. */
    private static final int MAX_TEXT_BYTES = 2048;

    private static final int KEY = 1;
    private static final int FLAGS = 2;
    private static final int EXPIRY = 3;
    private static final int LENGTH = 4;
    private static final int CAS_NUMBER = 5;
    private static final int META_LENGTH = 2;

    private static final byte[] NOREPLY = "noreply".getBytes(US_ASCII);

    /** Requests without a key go to the owner of this one, as in twemproxy. */
    private static final ByteBuf PLACEHOLDER =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("placeholder", US_ASCII));

    private final Spans words = new Spans();
    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private int start;
    private @Nullable MemcacheCommand command;
    private @Nullable MemcacheError problem;
    private boolean isHttp;
    private boolean isWithoutReply;
    private boolean isQuiet;
    private boolean isBinaryKey;
    private int dataBytes;

    /** The key, if it is not a word of the line. */
    private @Nullable ByteBuf otherKey;

    /** Forgets the line. */
    void clear() {
        words.clear();
        command = null;
        problem = null;
        isHttp = false;
        isWithoutReply = false;
        isQuiet = false;
        isBinaryKey = false;
        dataBytes = -1;
        otherKey = null;
    }

    /** Takes note that the line lies at index {@code from} of {@code buffer} now. */
    void liesAt(ByteBuf buffer, int from) {
        in = buffer;
        start = from;
    }

    /**
     * Understands the line, which ends before index {@code end}.
     *
     * @param isLong whether it is longer than most lines may be
     */
    void understand(int end, boolean isLong) {
        findWords(end);
        int count = words.size();
        MemcacheCommand found = count == 0 ? null : MemcacheCommand.find(in, from(0), bytes(0));
        command = found;
        if (found == null || !found.acceptsWords(count)) {
            problem = MemcacheError.UNKNOWN_COMMAND;
            isHttp = found == null && count > 0 && word(count - 1).startsWith("HTTP/");
            return;
        }
        switch (found.shape()) {
            case KEYS, EXPIRY_KEYS -> checkKeys(found, isLong);
            case STORE -> understandStore(found);
            case KEYED -> {
                takeNoreply(KEY + 1, found);
                checkKey();
            }
            case META -> {
                checkKey();
                readMetaFlags(KEY + 1, found);
            }
            case META_STORE -> understandMetaStore();
            case ALL_SERVERS -> takeNoreply(KEY, found);
            case ANY_SERVER -> otherKey = PLACEHOLDER;
            case LOCAL, REFUSED -> {}
        }
    }

    private void findWords(int end) {
        int from = -1;
        int at = start;
        for (; at < end; at++) {
            byte b = in.getByte(at);
            if (b == ' ') {
                if (from >= 0) {
                    words.add(from - start, at - start);
                    from = -1;
                }
            } else if (b == 0) {
                blank(at, end); // for a server, too, the words end here
                break;
            } else if (from < 0) {
                from = at;
            }
        }
        if (from >= 0) {
            words.add(from - start, at - start);
        }
    }

    private void checkKeys(MemcacheCommand found, boolean isLong) {
        if (found.keyAt() > KEY && !isExpiry(KEY)) {
            problem = MemcacheError.BAD_EXPIRY;
        }
        if (isLong && words.to(found.keyAt() - 1) - words.from(0) > MAX_KEY_BYTES) {
            problem = MemcacheError.BAD_LINE; // blanks, and a server would close on them
        }
        for (int i = found.keyAt(); i < words.size(); i++) {
            if (bytes(i) > MAX_KEY_BYTES) {
                problem = MemcacheError.BAD_LINE;
            }
        }
    }

    private void checkKey() {
        if (words.size() <= KEY || bytes(KEY) > MAX_KEY_BYTES) {
            problem = MemcacheError.BAD_LINE;
        }
    }

    private void understandStore(MemcacheCommand found) {
        takeNoreply(KEY, found);
        checkKey();
        if (!isUpTo(Numbers.MAX_UNSIGNED, FLAGS)
                || !isExpiry(EXPIRY)
                || (found == MemcacheCommand.CAS
                        && !isUpTo(Numbers.MAX_UNSIGNED_LONG, CAS_NUMBER))) {
            problem = MemcacheError.BAD_LINE;
        }
        readLength(LENGTH);
    }

    private void understandMetaStore() {
        checkKey();
        if (words.size() > MAX_META_WORDS) {
            problem = MemcacheError.TOO_MANY_FLAGS;
        }
        readMetaFlags(META_LENGTH + 1, MemcacheCommand.MS);
        readLength(META_LENGTH);
    }

    private void readMetaFlags(int firstFlag, MemcacheCommand found) {
        boolean isAboutItem = found == MemcacheCommand.ME; // always answered, and with the key
        boolean returnsKey = isAboutItem;
        for (int i = firstFlag; i < words.size(); i++) {
            byte flag = in.getByte(from(i));
            isQuiet |= flag == 'q' && !isAboutItem;
            isBinaryKey |= flag == 'b';
            returnsKey |= flag == 'k';
        }
        if (isBinaryKey && problem == null) {
            ByteBuf decoded = decodedKey();
            otherKey = decoded;
            if (returnsKey && mayBreakLine(decoded)) {
                problem = MemcacheError.BAD_LINE;
            }
        }
    }

    /**
     * Tells whether a response with the key might be two lines: memcached 1.6.18 forgets of values
     * that it made itself for mg and ma, or appended to, that their key is binary.
     */
    private static boolean mayBreakLine(@Nullable ByteBuf decodedKey) {
        return decodedKey == null
                || decodedKey.indexOf(
                                decodedKey.readerIndex(), decodedKey.writerIndex(), (byte) '\n')
                        >= 0;
    }

    /** The key behind its base64; null if it is none, which the server will say. */
    private @Nullable ByteBuf decodedKey() {
        byte[] text = new byte[bytes(KEY)];
        in.getBytes(from(KEY), text);
        try {
            // the kind that skips strange letters, as memcached does
            return Unpooled.wrappedBuffer(Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private void readLength(int index) {
        int bytes =
                index < words.size()
                        ? WireBytes.number(in, from(index), from(index) + bytes(index))
                        : -1;
        if (bytes < 0 || bytes > MAX_LENGTH) {
            problem = MemcacheError.BAD_LINE;
            return;
        }
        if (problem == null && bytes > MAX_VALUE_BYTES) {
            problem = MemcacheError.TOO_LARGE;
        }
        dataBytes = bytes;
    }

    /**
     * Takes the last word away if it is {@code noreply} and not one of the first. Behind another
     * one it makes the line a bad one: the server would see that and keep silent. So it does where
     * the command needs one more word: memcached would take it for that word.
     */
    private void takeNoreply(int first, MemcacheCommand found) {
        if (!isNoreply(words.size() - 1, first)) {
            return;
        }
        isWithoutReply = true;
        int from = from(words.size() - 1);
        blank(from, from + NOREPLY.length);
        words.removeLast();
        if (isNoreply(words.size() - 1, first) || !found.acceptsWords(words.size())) {
            problem = MemcacheError.BAD_LINE;
        }
    }

    private boolean isNoreply(int index, int first) {
        if (index < first || bytes(index) != NOREPLY.length) {
            return false;
        }
        int from = from(index);
        for (int i = 0; i < NOREPLY.length; i++) {
            if (in.getByte(from + i) != NOREPLY[i]) {
                return false;
            }
        }
        return true;
    }

    private void blank(int from, int to) {
        for (int i = from; i < to; i++) {
            in.setByte(i, ' ');
        }
    }

    private boolean isUpTo(String max, int index) {
        return index < words.size()
                && Numbers.isUpTo(max, in, from(index), from(index) + bytes(index));
    }

    private boolean isExpiry(int index) {
        return index < words.size()
                && Numbers.isExpiry(in, from(index), from(index) + bytes(index));
    }

    private int from(int index) {
        return start + words.from(index);
    }

    private int bytes(int index) {
        return words.to(index) - words.from(index);
    }

    /** The row of the request's command, or null if there is none. */
    @Nullable MemcacheCommand command() {
        return command;
    }

    /** What is wrong with the line; null if nothing is. */
    @Nullable MemcacheError problem() {
        return problem;
    }

    /** Tells whether the line is one of HTTP. */
    boolean isHttp() {
        return isHttp;
    }

    /** Tells whether the client has said that it wants no response. */
    boolean isWithoutReply() {
        return isWithoutReply;
    }

    /** Tells whether the client wants a response only if something unusual happens. */
    boolean isQuiet() {
        return isQuiet;
    }

    /** Tells whether the key is written in base64. */
    boolean isBinaryKey() {
        return isBinaryKey;
    }

    /** Length of the data block behind the line, without its end; -1 if there is none. */
    int dataBytes() {
        return dataBytes;
    }

    /** How many blanks stand before the first word. */
    int blanksBefore() {
        return words.size() == 0 ? 0 : words.from(0);
    }

    /** How many words the line has, the command's name included. */
    int wordCount() {
        return words.size();
    }

    /** Copies word {@code index} to a string, byte for byte. */
    String word(int index) {
        return in.toString(from(index), Math.min(bytes(index), MAX_TEXT_BYTES), ISO_8859_1);
    }

    /** How many keys the line names; 0 if something is wrong with it. */
    int keyCount() {
        MemcacheCommand found = command;
        if (found == null || problem != null) {
            return 0;
        }
        return switch (found.shape()) {
            case KEYS, EXPIRY_KEYS -> words.size() - found.keyAt();
            case STORE, KEYED, META, META_STORE, ANY_SERVER -> 1;
            case ALL_SERVERS, LOCAL, REFUSED -> 0;
        };
    }

    /** The buffer with the keys. */
    ByteBuf keySource() {
        ByteBuf other = otherKey;
        return other == null ? in : other;
    }

    /** Index in {@link #keySource()} of the first byte of key {@code key}, counted from 0. */
    int keyFrom(int key) {
        ByteBuf other = otherKey;
        return other == null ? from(firstKey() + key) : other.readerIndex();
    }

    /** Index in {@link #keySource()} after the last byte of key {@code key}. */
    int keyTo(int key) {
        ByteBuf other = otherKey;
        return other == null ? start + words.to(firstKey() + key) : other.writerIndex();
    }

    private int firstKey() {
        MemcacheCommand found = command;
        return found == null ? KEY : found.keyAt();
    }
}
