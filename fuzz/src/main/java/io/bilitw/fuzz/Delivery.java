package io.bilitw.fuzz;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Gives a stream to a reader as {@code net.Connection} does: piece by piece, what the reader has
 * left in front of the next piece, each time in another buffer.
 */
final class Delivery {

    /** Heap bytes that a byte of input may cost; most are for a word of one letter on a line. */
    private static final int BYTES_PER_BYTE = 256;

    private final FuzzInput input;
    private final Buffers buffers;

    /** Delivers {@code input} in buffers of {@code buffers}. */
    Delivery(FuzzInput input, Buffers buffers) {
        this.input = input;
        this.buffers = buffers;
    }

    /** Returns what {@code reader} finds when all is there at once. */
    List<String> whole(MessageReader reader) {
        return deliver(reader, _ -> input.wire().length);
    }

    /** Returns what {@code reader} finds in the pieces that the input asks for. */
    List<String> pieces(MessageReader reader) {
        return deliver(reader, input::pieceBytes);
    }

    /** Returns what {@code reader} finds byte by byte. */
    List<String> single(MessageReader reader) {
        return deliver(reader, _ -> 1);
    }

    /** Holds that the parser of {@code readers} is cheap when all is there at once. */
    void holdCost(Supplier<? extends MessageReader> readers) {
        byte[] wire = input.wire();
        ByteBuf in = buffers.exact(wire.length);
        try {
            Cost.hold(
                    wire.length,
                    BYTES_PER_BYTE,
                    () -> readers.get().skipAll(in.clear().writeBytes(wire)));
        } finally {
            in.release();
        }
    }

    private List<String> deliver(MessageReader reader, IntUnaryOperator pieceBytes) {
        byte[] wire = input.wire();
        ByteBuf in = buffers.exact(0);
        try {
            boolean goesOn = true;
            for (int at = 0, piece = 0; goesOn && at < wire.length; piece++) {
                int bytes = Math.min(pieceBytes.applyAsInt(piece), wire.length - at);
                ByteBuf next = buffers.exact(input.offset() + in.readableBytes() + bytes);
                next.writeZero(input.offset()).skipBytes(input.offset());
                next.writeBytes(in).writeBytes(wire, at, bytes);
                in.release();
                in = next;
                at += bytes;
                goesOn = reader.onRead(in);
            }
        } finally {
            in.release();
        }
        return reader.found();
    }
}
