package io.bilitw.protocol.redis;

import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.Spans;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Finds one redis request: an array of bulk strings, or a line of words as a person types them,
 * which it rewrites into such an array.
 *
 * <pre>
 *   *2\r\n $3\r\n get\r\n $5\r\n hello\r\n
 *   ^start                       ^keyFrom(0)
 * </pre>
 *
 * <p>Strict where redis is: a request goes to a connection that many clients share, so a server
 * must never find fault with one that has passed here. Limits and error texts are those of redis
 * (networking.c:processMultibulkBuffer).
 */
final class RedisRequestParser implements RequestParser, RedisArguments {

    /** Most arguments of a request, as in redis. */
    static final int MAX_ARGUMENTS = 1024 * 1024;

    /** Longest argument, as in redis ({@code proto-max-bulk-len}). */
    static final int MAX_ARGUMENT_BYTES = 512 * 1024 * 1024;

    /**
     * Longest command name, though the longest that exists has 20 bytes: the error for a stranger
     * names it.
     */
    static final int MAX_NAME_BYTES = 64 * 1024;

    /** Longest line of words, as in redis ({@code PROTO_INLINE_MAX_SIZE}). */
    static final int MAX_LINE_BYTES = 64 * 1024;

    /** How many arguments are kept of an unknown command, the name included. */
    static final int FEW_ARGUMENTS = 8;

    private static final short CRLF = '\r' << 8 | '\n';

    /** How an argument of two digits begins: the bytes of {@code $00\r\n} that must be there. */
    private static final long SHORT_HEAD = (long) '$' << 56 | (long) CRLF << 24;

    private static final long SHORT_HEAD_MASK = 0xFF0000FFFF000000L;
    private static final int SHORT_HEAD_BYTES = "$00\r\n".length();

    private final KeyList keys = new KeyList();
    private final LengthLine lengthLine = new LengthLine();

    /** The arguments that are kept. */
    private final Spans arguments = new Spans();

    private boolean isBegun;
    private int argumentCount;
    private int argument;
    private int argumentsToKeep;

    /** Length of the argument whose body comes next, or -1 when its length does. */
    private int bodyBytes;

    /** Offset from the request's first byte of the first byte not understood yet. */
    private int cursor;

    private int expectedBytes;
    private int consumedBytes;
    private int start;
    private ByteBuf source = Unpooled.EMPTY_BUFFER;
    private @Nullable RedisCommand command;
    private boolean hasKeys;

    private String problem = "";

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
        ParseStatus status = in.getByte(start) == '*' ? parseArray(in) : parseLine(in);
        if (status == ParseStatus.COMPLETE) {
            isBegun = false;
            hasKeys = command != null && command.acceptsCount(argumentCount) && findKeys(command);
        }
        return status;
    }

    private void begin() {
        isBegun = true;
        argumentCount = -1;
        argument = 0;
        argumentsToKeep = 1;
        arguments.clear();
        bodyBytes = -1;
        cursor = 0;
        command = null;
        hasKeys = false;
        keys.clear();
    }

    private ParseStatus parseArray(ByteBuf in) {
        if (argumentCount < 0) {
            ParseStatus status = readArgumentCount(in);
            if (status != ParseStatus.COMPLETE) {
                return status;
            }
        }
        while (argument < argumentCount) {
            ParseStatus status = ParseStatus.COMPLETE;
            if (bodyBytes < 0) {
                if (argument > 0 && readShortArgument(in)) {
                    continue;
                }
                status = readBodyLength(in);
            }
            if (status == ParseStatus.COMPLETE) {
                status = readBody(in);
            }
            if (status != ParseStatus.COMPLETE) {
                return status;
            }
        }
        consumedBytes = cursor;
        return ParseStatus.COMPLETE;
    }

    private ParseStatus readArgumentCount(ByteBuf in) {
        ParseStatus status = lengthLine.read(in, start + 1);
        if (status == ParseStatus.NEED_MORE) {
            return needMore(in, 1);
        }
        if (status == ParseStatus.INVALID || lengthLine.value() > MAX_ARGUMENTS) {
            return invalid("invalid multibulk length");
        }
        // redis ignores an array that is empty or null
        argumentCount = (int) Math.max(0, lengthLine.value());
        cursor = lengthLine.end() - start;
        return ParseStatus.COMPLETE;
    }

    /**
     * Reads a whole argument whose length has two digits, as nearly all of those have that there
     * are many of: with two looks at the buffer, where the general way takes a dozen.
     *
     * @return whether it was one; if not, nothing is read
     */
    private boolean readShortArgument(ByteBuf in) {
        int at = start + cursor;
        int left = in.writerIndex() - at;
        if (left < Long.BYTES) {
            return false;
        }
        long head = in.getLong(at);
        int tens = (int) (head >>> 48 & 0xFF) - '0';
        int ones = (int) (head >>> 40 & 0xFF) - '0';
        if ((head & SHORT_HEAD_MASK) != SHORT_HEAD
                || tens < 1
                || tens > 9
                || ones < 0
                || ones > 9) {
            return false;
        }
        int bytes = 10 * tens + ones;
        int from = cursor + SHORT_HEAD_BYTES;
        if (left < SHORT_HEAD_BYTES + bytes + 2 || in.getShort(start + from + bytes) != CRLF) {
            return false;
        }
        if (argument < argumentsToKeep) {
            arguments.add(from, from + bytes);
        }
        cursor = from + bytes + 2;
        argument++;
        return true;
    }

    private ParseStatus readBodyLength(ByteBuf in) {
        int at = start + cursor;
        if (at >= in.writerIndex()) {
            return needMore(in, 1);
        }
        byte marker = in.getByte(at);
        if (marker != '$') {
            return invalid("expected '$', got '" + (char) (marker & 0xFF) + "'");
        }
        ParseStatus status = lengthLine.read(in, at + 1);
        if (status == ParseStatus.NEED_MORE) {
            return needMore(in, 1);
        }
        long bytes = lengthLine.value();
        if (status == ParseStatus.INVALID || bytes < 0 || bytes > MAX_ARGUMENT_BYTES) {
            return invalid("invalid bulk length");
        }
        if (argument == 0 && bytes > MAX_NAME_BYTES) {
            return invalid("too long command name");
        }
        if (lengthLine.end() - start > Integer.MAX_VALUE - MAX_ARGUMENT_BYTES - 2) {
            return invalid("too long request");
        }
        cursor = lengthLine.end() - start;
        bodyBytes = (int) bytes;
        return ParseStatus.COMPLETE;
    }

    private ParseStatus readBody(ByteBuf in) {
        int from = start + cursor;
        int to = from + bodyBytes;
        int missing = bodyBytes + 2 - (in.writerIndex() - from); // to may lie beyond 2^31
        if (missing > 0) {
            return needMore(in, missing);
        }
        if (in.getByte(to) != '\r' || in.getByte(to + 1) != '\n') {
            return invalid("expected CRLF after a bulk string");
        }
        if (argument == 0) {
            command = RedisCommand.find(in, from, bodyBytes);
            argumentsToKeep = command == null ? FEW_ARGUMENTS : command.argumentsKept();
        }
        if (argument < argumentsToKeep) {
            arguments.add(cursor, cursor + bodyBytes);
        }
        cursor += bodyBytes + 2;
        bodyBytes = -1;
        argument++;
        return ParseStatus.COMPLETE;
    }

    /** Reads a line of words; {@code cursor} is how far it was searched for its end. */
    private ParseStatus parseLine(ByteBuf in) {
        int end = in.indexOf(start + cursor, in.writerIndex(), (byte) '\n');
        int bytes = (end < 0 ? in.writerIndex() : end) - start;
        if (bytes > MAX_LINE_BYTES) {
            return invalid("too big inline request");
        }
        if (end < 0) {
            cursor = bytes;
            return needMore(in, 1);
        }
        ByteBuf array = InlineRequest.toArray(in, start, end);
        if (array == null) {
            return invalid("unbalanced quotes in request");
        }
        cursor = 0;
        start = 0;
        source = array;
        ParseStatus status = parseArray(array);
        consumedBytes = bytes + 1;
        return status;
    }

    private ParseStatus needMore(ByteBuf in, int missing) {
        expectedBytes = in.readableBytes() + missing;
        return ParseStatus.NEED_MORE;
    }

    private ParseStatus invalid(String what) {
        problem = "Protocol error: " + what;
        return ParseStatus.INVALID;
    }

    private boolean findKeys(RedisCommand found) {
        boolean isFound = found.keys().find(this, keys);
        if (!isFound) {
            keys.clear();
        }
        return isFound;
    }

    /** The row of the request's command, or null if there is none. */
    @Nullable RedisCommand command() {
        return command;
    }

    /**
     * Tells whether the command is known, has an allowed number of arguments, and its keys were
     * found.
     */
    boolean hasKeys() {
        return hasKeys;
    }

    /** What was wrong with input that is {@link ParseStatus#INVALID}. */
    String problem() {
        return problem;
    }

    @Override
    public int count() {
        return argumentCount;
    }

    @Override
    public int from(int index) {
        return start + arguments.from(index);
    }

    @Override
    public int to(int index) {
        return start + arguments.to(index);
    }

    @Override
    public int consumedBytes() {
        return consumedBytes;
    }

    @Override
    public boolean isReplaceable() {
        return true;
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
    public ByteBuf keySource() {
        return source;
    }

    @Override
    public int start() {
        return start;
    }

    @Override
    public int length() {
        return cursor;
    }

    @Override
    public int keyCount() {
        return keys.size();
    }

    @Override
    public int keyFrom(int key) {
        return from(keys.get(key));
    }

    @Override
    public int keyTo(int key) {
        return to(keys.get(key));
    }

    @Override
    public int partFrom(int key) {
        return to(keys.get(key) - 1)
                + 2; // right behind the argument before, so with the length line
    }

    @Override
    public int partTo(int key) {
        int arguments = command == null ? 1 : command.argumentsPerKey();
        return to(keys.get(key) + arguments - 1) + 2;
    }
}
