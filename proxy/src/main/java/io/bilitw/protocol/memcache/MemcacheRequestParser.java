package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.Spans;
import io.bilitw.protocol.WireBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Finds one memcached request: a line of words, and for some commands a data block behind it.
 *
 * <pre>
 *   set  key  0  0  5  noreply\r\n  hello\r\n
 *   ^start    flags    ^length      data block
 *        ^keyFrom(0)
 * </pre>
 *
 * <p>As memcached it takes any number of blanks between words, a line feed alone for a line end,
 * and a NUL for the end of the words. It is strict where that keeps the stream in step: a request
 * with a data block goes to a connection that many clients share, so no server must find fault with
 * its line. The data block behind a faulty line whose length is known is swallowed as it comes.
 *
 * <p>A word {@code noreply} is blanked out, so that the server always answers: what it says then is
 * thrown away by the proxy, and no stray error can take the place of another client's response.
 */
final class MemcacheRequestParser implements RequestParser {

    /** Longest key, as in memcached ({@code KEY_MAX_LENGTH}). */
    static final int MAX_KEY_BYTES = 250;

    /** Longest line, as in memcached (proto_text.c:try_read_command_ascii). */
    static final int MAX_LINE_BYTES = 2048;

    /**
     * Longest line of a command that takes many keys, of which there can be a million then.
     * memcached sets no bound.
     */
    static final int MAX_KEYS_LINE_BYTES = 2 * 1024 * 1024;

    /** Longest value; no memcached can be set to take longer ones. */
    static final int MAX_VALUE_BYTES = 1024 * 1024 * 1024;

    /** Longest length that memcached believes. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 2;

    /** Words of a meta command, as in memcached ({@code MFLAG_MAX_OPT_LENGTH}). */
    private static final int MAX_META_WORDS = 19;

    private static final int KEY = 1;
    private static final int FLAGS = 2;
    private static final int EXPIRY = 3;
    private static final int LENGTH = 4;
    private static final int CAS_NUMBER = 5;
    private static final int META_LENGTH = 2;

    private static final int LINE_END_BYTES = "\r\n".length();
    private static final byte[] NOREPLY = "noreply".getBytes(US_ASCII);
    private static final byte BINARY_MAGIC = (byte) 0x80;

    /** Requests without a key go to the owner of this one, as in twemproxy. */
    private static final ByteBuf PLACEHOLDER =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("placeholder", US_ASCII));

    private final Spans words = new Spans();

    private boolean isBegun;
    private int start;
    private ByteBuf source = Unpooled.EMPTY_BUFFER;

    /** Bytes that were searched for the line's end. */
    private int searchedBytes;

    /** Length of the line with its end; 0 as long as that has not come. */
    private int lineBytes;

    /** Length of the data block without its end, or -1 if there is none. */
    private int dataBytes;

    /** What is still to come of a data block that nobody wants. */
    private long unwantedBytes;

    private boolean isUnwanted;
    private int consumedBytes;
    private int expectedBytes;
    private @Nullable MemcacheCommand command;
    private @Nullable MemcacheError problem;
    private boolean isHttp;
    private boolean isWithoutReply;
    private boolean isQuiet;
    private boolean isBinaryKey;

    /** The key, if it is not a word of the line. */
    private @Nullable ByteBuf otherKey;

    @Override
    public ParseStatus parse(ByteBuf in) {
        start = in.readerIndex();
        source = in;
        if (!isBegun) {
            begin();
        }
        if (!in.isReadable()) {
            return needMore(in, 1);
        }
        if (unwantedBytes > 0) {
            return swallow(in);
        }
        if (lineBytes == 0) {
            ParseStatus status = readLine(in);
            if (status != ParseStatus.COMPLETE) {
                return status;
            }
        }
        return readData(in);
    }

    private void begin() {
        isBegun = true;
        words.clear();
        searchedBytes = 0;
        lineBytes = 0;
        dataBytes = -1;
        isUnwanted = false;
        command = null;
        problem = null;
        isHttp = false;
        isWithoutReply = false;
        isQuiet = false;
        isBinaryKey = false;
        otherKey = null;
    }

    private ParseStatus swallow(ByteBuf in) {
        consumedBytes = (int) Math.min(unwantedBytes, in.readableBytes());
        unwantedBytes -= consumedBytes;
        isUnwanted = true;
        return complete();
    }

    private ParseStatus readLine(ByteBuf in) {
        if (in.getByte(start) == BINARY_MAGIC) {
            return invalid(MemcacheError.BINARY);
        }
        int end = in.indexOf(start + searchedBytes, in.writerIndex(), (byte) '\n');
        int bytes = (end < 0 ? in.writerIndex() : end + 1) - start;
        if (bytes > MAX_LINE_BYTES && bytes > longestLine(in)) {
            return invalid(MemcacheError.LONG_LINE);
        }
        if (end < 0) {
            searchedBytes = bytes;
            return needMore(in, 1);
        }
        lineBytes = bytes;
        boolean endsWithReturn = end > start && in.getByte(end - 1) == '\r';
        findWords(in, endsWithReturn ? end - 1 : end);
        understand(in);
        return ParseStatus.COMPLETE;
    }

    /** What the beginning of a line lets hope for. */
    private int longestLine(ByteBuf in) {
        int from = start;
        int limit = start + MAX_LINE_BYTES;
        while (from < limit && in.getByte(from) == ' ') {
            from++;
        }
        int to = in.indexOf(from, limit, (byte) ' ');
        MemcacheCommand found = to < 0 ? null : MemcacheCommand.find(in, from, to - from);
        return found != null && found.takesManyKeys() ? MAX_KEYS_LINE_BYTES : MAX_LINE_BYTES;
    }

    private void findWords(ByteBuf in, int end) {
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
                blank(in, at, end); // for a server, too, the words end here
                break;
            } else if (from < 0) {
                from = at;
            }
        }
        if (from >= 0) {
            words.add(from - start, at - start);
        }
    }

    private void understand(ByteBuf in) {
        int count = words.size();
        MemcacheCommand found =
                count == 0
                        ? null
                        : MemcacheCommand.find(
                                in, start + words.from(0), words.to(0) - words.from(0));
        command = found;
        if (found == null || !found.acceptsWords(count)) {
            problem = MemcacheError.UNKNOWN_COMMAND;
            isHttp = found == null && count > 0 && word(count - 1).startsWith("HTTP/");
            return;
        }
        switch (found.shape()) {
            case KEYS, EXPIRY_KEYS -> checkKeys(in, found);
            case STORE -> understandStore(in, found);
            case KEYED -> {
                takeNoreply(in, KEY + 1);
                checkKey();
            }
            case META -> understandMeta(in, found);
            case META_STORE -> understandMetaStore(in);
            case ALL_SERVERS -> takeNoreply(in, KEY);
            case ANY_SERVER -> otherKey = PLACEHOLDER;
            case LOCAL, REFUSED -> {}
        }
    }

    private void checkKeys(ByteBuf in, MemcacheCommand found) {
        if (found.keyAt() > KEY && !isExpiry(in, KEY)) {
            problem = MemcacheError.BAD_EXPIRY;
        }
        if (isLong() && words.to(found.keyAt() - 1) > MAX_KEY_BYTES) {
            problem = MemcacheError.BAD_LINE; // blanks, and a server would close on them
        }
        for (int i = found.keyAt(); i < words.size(); i++) {
            if (words.to(i) - words.from(i) > MAX_KEY_BYTES) {
                problem = MemcacheError.BAD_LINE;
            }
        }
    }

    private void checkKey() {
        if (words.size() <= KEY || words.to(KEY) - words.from(KEY) > MAX_KEY_BYTES) {
            problem = MemcacheError.BAD_LINE;
        }
    }

    private void understandStore(ByteBuf in, MemcacheCommand found) {
        takeNoreply(in, KEY);
        checkKey();
        if (!isUpTo(Numbers.MAX_UNSIGNED, in, FLAGS)
                || !isExpiry(in, EXPIRY)
                || (found == MemcacheCommand.CAS
                        && !isUpTo(Numbers.MAX_UNSIGNED_LONG, in, CAS_NUMBER))) {
            problem = MemcacheError.BAD_LINE;
        }
        readLength(in, LENGTH);
    }

    private void understandMeta(ByteBuf in, MemcacheCommand found) {
        checkKey();
        boolean canBeQuiet = found != MemcacheCommand.ME;
        readMetaFlags(in, KEY + 1, canBeQuiet);
    }

    private void understandMetaStore(ByteBuf in) {
        checkKey();
        if (words.size() > MAX_META_WORDS) {
            problem = MemcacheError.TOO_MANY_FLAGS;
        }
        readMetaFlags(in, META_LENGTH + 1, true);
        readLength(in, META_LENGTH);
    }

    private void readMetaFlags(ByteBuf in, int firstFlag, boolean canBeQuiet) {
        for (int i = firstFlag; i < words.size(); i++) {
            byte flag = in.getByte(start + words.from(i));
            isQuiet |= flag == 'q' && canBeQuiet;
            isBinaryKey |= flag == 'b';
        }
        if (isBinaryKey && problem == null) {
            otherKey = decodedKey(in);
        }
    }

    /** The key behind its base64; null if it is none, which the server will say. */
    private @Nullable ByteBuf decodedKey(ByteBuf in) {
        byte[] text = new byte[words.to(KEY) - words.from(KEY)];
        in.getBytes(start + words.from(KEY), text);
        try {
            // the kind that skips strange letters, as memcached does
            return Unpooled.wrappedBuffer(Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** Reads the length of the data block, and has it swallowed if the line is wrong otherwise. */
    private void readLength(ByteBuf in, int index) {
        boolean isThere = index < words.size();
        int bytes =
                isThere
                        ? WireBytes.number(in, start + words.from(index), start + words.to(index))
                        : -1;
        if (bytes < 0 || bytes > MAX_LENGTH) {
            problem = MemcacheError.BAD_LINE;
            return;
        }
        if (problem == null && bytes > MAX_VALUE_BYTES) {
            problem = MemcacheError.TOO_LARGE;
        }
        if (problem == null) {
            dataBytes = bytes;
        } else {
            unwantedBytes = (long) bytes + LINE_END_BYTES;
        }
    }

    /** Takes the last word away if it is {@code noreply} and not one of the first. */
    private void takeNoreply(ByteBuf in, int first) {
        int last = words.size() - 1;
        int from = start + words.from(last);
        if (last < first || words.to(last) - words.from(last) != NOREPLY.length) {
            return;
        }
        for (int i = 0; i < NOREPLY.length; i++) {
            if (in.getByte(from + i) != NOREPLY[i]) {
                return;
            }
        }
        isWithoutReply = true;
        blank(in, from, from + NOREPLY.length);
        words.removeLast();
    }

    private static void blank(ByteBuf in, int from, int to) {
        for (int i = from; i < to; i++) {
            in.setByte(i, ' ');
        }
    }

    private boolean isUpTo(String max, ByteBuf in, int index) {
        return index < words.size()
                && Numbers.isUpTo(max, in, start + words.from(index), start + words.to(index));
    }

    private boolean isExpiry(ByteBuf in, int index) {
        return index < words.size()
                && Numbers.isExpiry(in, start + words.from(index), start + words.to(index));
    }

    private ParseStatus readData(ByteBuf in) {
        if (dataBytes < 0) {
            consumedBytes = lineBytes;
            return complete();
        }
        int wholeBytes = lineBytes + dataBytes + LINE_END_BYTES;
        if (in.readableBytes() < wholeBytes) {
            return needMore(in, wholeBytes - in.readableBytes());
        }
        int end = start + wholeBytes;
        if (in.getByte(end - 2) != '\r' || in.getByte(end - 1) != '\n') {
            problem = MemcacheError.BAD_DATA;
        }
        consumedBytes = wholeBytes;
        return complete();
    }

    private ParseStatus complete() {
        isBegun = false;
        return ParseStatus.COMPLETE;
    }

    private ParseStatus needMore(ByteBuf in, int missing) {
        expectedBytes = in.readableBytes() + missing;
        return ParseStatus.NEED_MORE;
    }

    private ParseStatus invalid(MemcacheError what) {
        problem = what;
        return ParseStatus.INVALID;
    }

    /** The row of the request's command, or null if there is none. */
    @Nullable MemcacheCommand command() {
        return command;
    }

    /** What is wrong with the request; null if nothing is. */
    @Nullable MemcacheError problem() {
        return problem;
    }

    /** Tells whether this is no request but a piece of a data block whose line was wrong. */
    boolean isUnwanted() {
        return isUnwanted;
    }

    /** Tells whether the line is one of HTTP. */
    boolean isHttp() {
        return isHttp;
    }

    /**
     * Tells whether the line is longer than most lines may be, so that it must not go to a server
     * with blanks that no one needs.
     */
    boolean isLong() {
        return lineBytes > MAX_LINE_BYTES;
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

    /** How many words the line has, the command's name included. */
    int wordCount() {
        return words.size();
    }

    /** Copies word {@code index} to a string, byte for byte. */
    String word(int index) {
        int bytes = Math.min(words.to(index) - words.from(index), MAX_LINE_BYTES);
        return source.toString(start + words.from(index), bytes, ISO_8859_1);
    }

    @Override
    public int consumedBytes() {
        return consumedBytes;
    }

    @Override
    public int expectedBytes() {
        return expectedBytes;
    }

    @Override
    public ByteBuf source() {
        return source;
    }

    @Override
    public int start() {
        return start;
    }

    @Override
    public int length() {
        return consumedBytes;
    }

    @Override
    public ByteBuf keySource() {
        ByteBuf other = otherKey;
        return other == null ? source : other;
    }

    @Override
    public int keyCount() {
        MemcacheCommand found = command;
        if (found == null || problem != null) {
            return 0;
        }
        return found.takesManyKeys() ? words.size() - found.keyAt() : 1;
    }

    @Override
    public int keyFrom(int key) {
        ByteBuf other = otherKey;
        return other == null ? start + words.from(firstKey() + key) : other.readerIndex();
    }

    @Override
    public int keyTo(int key) {
        ByteBuf other = otherKey;
        return other == null ? start + words.to(firstKey() + key) : other.writerIndex();
    }

    /** A part is a key with the blank before it. */
    @Override
    public int partFrom(int key) {
        return keyFrom(key) - 1;
    }

    @Override
    public int partTo(int key) {
        return keyTo(key);
    }

    private int firstKey() {
        MemcacheCommand found = command;
        return found == null ? KEY : found.keyAt();
    }
}
