package io.bilitw.client;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients finish long requests one at a time while memory is short: what they have sent of
 * them becomes free only when the rest has come. Event-loop confined.
 */
final class Uploads {

    /** Who sends nothing for so long is not waited for. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Set<ClientSession> silent = new HashSet<>();
    private @Nullable ClientSession current;
    private long begunNanos;

    /** Lets one of {@code holders} send that is in the middle of a long request. */
    void look(Collection<Holder> holders, long now) {
        ClientSession sender = current;
        if (sender != null && isUnfinished(sender)) {
            if (now - Math.max(begunNanos, sender.heardNanos()) < PATIENCE_NANOS) {
                return;
            }
            silent.add(sender);
        }
        end();
        begunNanos = now;
        sender = largest(holders);
        if (sender == null) {
            silent.clear(); // all have had their turn, or nobody waits for it
        } else {
            sender.exempt(true);
            sender.letGo();
        }
        current = sender;
    }

    /** Treats all alike again. */
    void end() {
        if (current != null) {
            current.exempt(false);
            current = null;
        }
    }

    private static boolean isUnfinished(ClientSession session) {
        return !session.isGone() && session.connection().isReadingLong();
    }

    private @Nullable ClientSession largest(Collection<Holder> holders) {
        Holder largest = null;
        for (Holder holder : holders) {
            boolean isLarger = largest == null || holder.bytes() > largest.bytes();
            if (isLarger && isUnfinished(holder.session()) && !silent.contains(holder.session())) {
                largest = holder;
            }
        }
        return largest == null ? null : largest.session();
    }
}
