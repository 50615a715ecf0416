package io.bilitw.protocol.memcache;

import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.RequestParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Finds one memcached request: a {@linkplain RequestLine line of words}, and for some commands a
 * data block behind it.
 *
 * <pre>
 *   set  key  0  0  5  noreply\r\n  hello\r\n
 *   ^start    flags    ^length      data block
 *        ^keyFrom(0)
 * </pre>
 *
 * <p>A line feed alone ends a line, too. The data block behind a faulty line whose length is known
 * is swallowed as it comes, in pieces that count as {@linkplain #isUnwanted() unwanted} requests.
 */
final class MemcacheRequestParser implements RequestParser {

    /** Longest line, as in memcached (proto_text.c:try_read_command_ascii). */
    static final int MAX_LINE_BYTES = 2048;

    /**
     * Longest line of a command that takes many keys, of which there can be a million then.
     * memcached sets no bound.
     */
    static final int MAX_KEYS_LINE_BYTES = 2 * 1024 * 1024;

    private static final int LINE_END_BYTES = "\r\n".length();
    private static final byte BINARY_MAGIC = (byte) 0x80;

    private final RequestLine line = new RequestLine();

    private boolean isBegun;
    private int start;
    private ByteBuf source = Unpooled.EMPTY_BUFFER;

    /** Bytes that were searched for the line's end. */
    private int searchedBytes;

    /** Length of the line with its end; 0 as long as that has not come. */
    private int lineBytes;

    /** What is still to come of a data block that nobody wants. */
    private long unwantedBytes;

    private boolean isUnwanted;
    private int consumedBytes;
    private int expectedBytes;

    /** What is wrong with the request beside its line. */
    private @Nullable MemcacheError problem;

    @Override
    public ParseStatus parse(ByteBuf in) {
        start = in.readerIndex();
        source = in;
        line.liesAt(in, start);
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
        line.clear();
        searchedBytes = 0;
        lineBytes = 0;
        isUnwanted = false;
        problem = null;
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
        line.understand(endsWithReturn ? end - 1 : end, isLong());
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

    private ParseStatus readData(ByteBuf in) {
        int dataBytes = line.dataBytes();
        if (dataBytes < 0 || line.problem() != null) {
            unwantedBytes = dataBytes < 0 ? 0 : (long) dataBytes + LINE_END_BYTES;
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

    /** The request's line. */
    RequestLine line() {
        return line;
    }

    /** What is wrong with the request; null if nothing is. */
    @Nullable MemcacheError problem() {
        return problem == null ? line.problem() : problem;
    }

    /** Tells whether this is no request but a piece of a data block whose line was wrong. */
    boolean isUnwanted() {
        return isUnwanted;
    }

    /**
     * Tells whether the line is longer than most lines may be, so that it must not go to a server
     * with blanks that no one needs.
     */
    boolean isLong() {
        return lineBytes > MAX_LINE_BYTES;
    }

    @Override
    public int consumedBytes() {
        return consumedBytes;
    }

    /** Not while it knows of bytes to skip, or of a {@code noreply} that it has blanked out. */
    @Override
    public boolean isReplaceable() {
        boolean isInData = isBegun && lineBytes > 0;
        return unwantedBytes == 0 && !(isInData && line.isWithoutReply());
    }

    @Override
    public int expectedBytes() {
        return expectedBytes;
    }

    @Override
    public ByteBuf source() {
        return source;
    }

    /** A server may close on many blanks before a long line, so it gets none. */
    @Override
    public int start() {
        return start + line.blanksBefore();
    }

    @Override
    public int length() {
        return consumedBytes - line.blanksBefore();
    }

    @Override
    public ByteBuf keySource() {
        return line.keySource();
    }

    @Override
    public int keyCount() {
        return problem == null ? line.keyCount() : 0;
    }

    @Override
    public int keyFrom(int key) {
        return line.keyFrom(key);
    }

    @Override
    public int keyTo(int key) {
        return line.keyTo(key);
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
}
