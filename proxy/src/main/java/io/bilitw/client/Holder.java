package io.bilitw.client;

import org.jspecify.annotations.Nullable;

/**
 * A client that holds memory.
 *
 * @param bytes about how many bytes
 * @param unsentBytes how many of them are answers that wait for it to take them
 * @param movedNanos when it was last found to have taken some of them, or to have none
 */
record Holder(ClientSession session, long bytes, long unsentBytes, long movedNanos) {

    /** What {@code session} holds {@code now}, after it held what {@code before} says, if that. */
    static Holder of(ClientSession session, long now, @Nullable Holder before) {
        long unsent = session.connection().unsentBytes();
        long movedNanos =
                before != null && unsent > 0 && unsent == before.unsentBytes
                        ? before.movedNanos
                        : session.connection().stuckSince(now);
        return new Holder(session, session.heldBytes(), unsent, movedNanos);
    }
}
