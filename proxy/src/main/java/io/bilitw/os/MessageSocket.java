package io.bilitw.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One end of a pair of sockets over which processes send each other messages, each with at most one
 * open file (unix(7), SOCK_SEQPACKET with SCM_RIGHTS). Messages keep their bounds and their order.
 *
 * <p>One thread may send while another receives. When the other end is gone, sending fails and
 * receiving gives null.
 */
public final class MessageSocket implements AutoCloseable {

    /** The longest message, in bytes. */
    public static final int MAX_BYTES = 128 * 1024;

    /** What a message without an open file has in its place. */
    public static final int NO_DESCRIPTOR = -1;

    private static final int SOCK_SEQPACKET = 5;
    private static final int SCM_RIGHTS = 1;
    private static final int SHUT_RDWR = 2;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;

    /** Sizes of struct msghdr, struct iovec, and a control message with one int (cmsg(3)). */
    private static final int HEADER_BYTES = 56;

    private static final int VECTOR_BYTES = 16;
    private static final int CONTROL_BYTES = 24;
    private static final long CONTROL_LENGTH = 20;

    private static final Native SOCKETPAIR = Native.function("socketpair");
    private static final Native SENDMSG = Native.function("sendmsg");
    private static final Native RECVMSG = Native.function("recvmsg");
    private static final Native SHUTDOWN = Native.function("shutdown");

    private final int descriptor;
    private volatile boolean isClosed;

    /** Takes over the open socket {@code descriptor}. */
    public MessageSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * What has arrived.
     *
     * @param descriptor an open file that came along and belongs to the receiver, or {@link
     *     #NO_DESCRIPTOR}
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares messages
    public record Received(byte[] bytes, int descriptor) {}

    /** Makes two sockets that are each other's peer. */
    public static List<MessageSocket> pair() throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment both = arena.allocate(JAVA_INT, 2);
            SOCKETPAIR.call(Sockets.AF_UNIX, SOCK_SEQPACKET | Sockets.SOCK_CLOEXEC, 0, both);
            return List.of(
                    new MessageSocket(both.getAtIndex(JAVA_INT, 0)),
                    new MessageSocket(both.getAtIndex(JAVA_INT, 1)));
        }
    }

    /** The number of this end, which stays its owner. */
    public int descriptor() {
        return descriptor;
    }

    /**
     * Sends {@code bytes}, and with them another name of the open file {@code attached}, unless
     * that is {@link #NO_DESCRIPTOR}; the caller keeps its own. Never waits.
     *
     * @return false if the peer must first take what was sent before
     * @throws OsException if it cannot be sent at all
     */
    public boolean trySend(byte[] bytes, int attached) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocateFrom(JAVA_BYTE, bytes);
            MemorySegment control = arena.allocate(CONTROL_BYTES, 8);
            MemorySegment header = header(arena, data, control);
            if (attached == NO_DESCRIPTOR) {
                header.set(ADDRESS, 32, MemorySegment.NULL);
                header.set(JAVA_LONG, 40, 0);
            } else {
                control.set(JAVA_LONG, 0, CONTROL_LENGTH);
                control.set(JAVA_INT, 8, Sockets.SOL_SOCKET);
                control.set(JAVA_INT, 12, SCM_RIGHTS);
                control.set(JAVA_INT, 16, attached);
            }
            int sent = SENDMSG.tryCall(descriptor, header, MSG_DONTWAIT | MSG_NOSIGNAL);
            if (sent >= 0) {
                return true;
            }
            if (sent == -Errno.TRY_AGAIN || sent == -Errno.INTERRUPTED) {
                return false;
            }
            throw Native.failure(-sent);
        }
    }

    /** Waits for the next message; null when there will be none. */
    public @Nullable Received receive() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(MAX_BYTES);
            MemorySegment control = arena.allocate(CONTROL_BYTES, 8);
            MemorySegment header = header(arena, data, control);
            int bytes = RECVMSG.tryCall(descriptor, header, MSG_CMSG_CLOEXEC);
            // A peer that dies with messages unread makes the next call fail once, in front of what
            // it has sent itself.
            while ((bytes == -Errno.INTERRUPTED || bytes == -Errno.RESET) && !isClosed) {
                bytes = RECVMSG.tryCall(descriptor, header, MSG_CMSG_CLOEXEC);
            }
            if (bytes <= 0) {
                return null;
            }
            boolean hasFile = header.get(JAVA_LONG, 40) >= CONTROL_LENGTH;
            return new Received(
                    data.asSlice(0, bytes).toArray(JAVA_BYTE),
                    hasFile ? control.get(JAVA_INT, 16) : NO_DESCRIPTOR);
        }
    }

    private static MemorySegment header(Arena arena, MemorySegment data, MemorySegment control) {
        MemorySegment vector = arena.allocate(VECTOR_BYTES, 8);
        vector.set(ADDRESS, 0, data);
        vector.set(JAVA_LONG, 8, data.byteSize());
        MemorySegment header = arena.allocate(HEADER_BYTES, 8);
        header.set(ADDRESS, 16, vector);
        header.set(JAVA_LONG, 24, 1);
        header.set(ADDRESS, 32, control);
        header.set(JAVA_LONG, 40, control.byteSize());
        return header;
    }

    /** Tells the peer and a thread that is receiving that nothing more will come. */
    public void shutdown() {
        SHUTDOWN.tryCall(descriptor, SHUT_RDWR);
    }

    /** Closes this end. A thread that is receiving must have been told by {@link #shutdown}. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            Descriptors.close(descriptor);
        }
    }
}
