package io.bilitw.client;

import io.bilitw.net.Loop;
import io.bilitw.pool.Pool;
import io.bilitw.stats.PoolMetric;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a worker within its memory. When memory is short, those clients are read no more that hold
 * most of it, until they have taken their answers; when it is very short, all that hold some, and
 * the servers are read no more either until clients have taken something. So senders wait, in the
 * kernel's buffers and their own, and nothing is lost.
 *
 * <p>Who takes nothing at all for {@code client_output_timeout} meanwhile is disconnected. While
 * servers wait nobody is served, so those that have taken nothing for a second go then, the one
 * that holds most first; and if nothing becomes free although all take what they get, who holds
 * most of all. Does nothing while there is memory. Event-loop confined.
 */
public final class BackPressure {

    private static final Logger log = LoggerFactory.getLogger("client");

    private static final long LOOK_MILLIS = 10;

    /** Looks take no more than this share of the time, however many clients there are. */
    private static final int LOOK_SHARE = 10;

    /** How long a client may take nothing, or nobody anything, while servers wait. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long nothing is said of it again. */
    private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Loop loop;
    private final List<ClientAcceptor> acceptors;
    private final long outputNanos;
    private final Uploads uploads = new Uploads();
    private Map<ClientSession, Holder> bySession = Map.of();
    private boolean isLooking;
    private boolean areServersPaused;
    private long serversPausedNanos;
    private long nextWordNanos = System.nanoTime();

    /**
     * Watches over the memory of {@code loop}.
     *
     * @param acceptors have all its clients
     * @param outputTimeout how long a client may take nothing while memory is short; zero for ever
     */
    public BackPressure(Loop loop, List<ClientAcceptor> acceptors, Duration outputTimeout) {
        this.loop = loop;
        this.acceptors = acceptors;
        outputNanos = outputTimeout.isZero() ? Long.MAX_VALUE : outputTimeout.toNanos();
        loop.memory().onShort(this::begin);
    }

    /** Servers may bring much before the next look, so they wait from now on, if it is that bad. */
    private void begin() {
        if (!areServersPaused && loop.memory().isCritical()) {
            pauseServers(System.nanoTime());
        }
        if (!isLooking) {
            isLooking = true;
            loop.eventLoop().execute(this::look);
        }
    }

    private void look() {
        long begin = System.nanoTime();
        if (loop.memory().isRelaxed()) {
            letAllGo();
            isLooking = false;
            return;
        }
        sayOnce(begin);
        measure(begin);
        if (loop.memory().isCritical()) {
            pauseServers(begin);
        } else {
            letServersGo();
        }
        holdBack(begin);
        closeStuck(begin);
        long nanos = LOOK_SHARE * (System.nanoTime() - begin);
        nanos = Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        loop.eventLoop().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }

    /** Finds out what each client holds, and which of them have taken nothing since. */
    private void measure(long now) {
        Map<ClientSession, Holder> found = new HashMap<>();
        for (ClientAcceptor acceptor : acceptors) {
            for (ClientSession session : acceptor.sessions()) {
                Holder holder = Holder.of(session, now, bySession.get(session));
                if (holder.bytes() > 0 || session.isHeldBack()) {
                    found.put(session, holder);
                }
            }
        }
        bySession = found;
    }

    /**
     * Holds those back that hold more than half of the mean, or have not taken what they got; or
     * all when it gets tight.
     */
    private void holdBack(long now) {
        Collection<Holder> holders = bySession.values();
        long mean = heldBytes() / Math.max(1, holders.size());
        long most = loop.memory().isCritical() ? 0 : mean / 2;
        uploads.look(holders, now);
        for (Holder holder : holders) {
            ClientSession session = holder.session();
            if (holder.bytes() > most || holder.unsentBytes() > 0) {
                session.holdBack();
            } else if (holder.bytes() <= most / 2) {
                session.letGo();
            }
        }
    }

    private long heldBytes() {
        long bytes = 0;
        for (Holder holder : bySession.values()) {
            bytes += holder.bytes();
        }
        return bytes;
    }

    private void pauseServers(long now) {
        if (!areServersPaused) {
            areServersPaused = true;
            serversPausedNanos = now;
        }
        forEachPool(Pool::pause); // again, as some connections may be new, or were read on
    }

    private void letServersGo() {
        if (areServersPaused) {
            areServersPaused = false;
            forEachPool(Pool::readOn);
        }
    }

    private void forEachPool(Consumer<Pool> action) {
        acceptors.forEach(acceptor -> action.accept(acceptor.pool()));
    }

    private void closeStuck(long now) {
        for (Holder holder : bySession.values()) {
            long nanos = now - holder.movedNanos();
            if (holder.unsentBytes() > 0 && nanos >= outputNanos) {
                shed(holder, now);
            }
        }
        if (!areServersPaused) {
            return;
        }
        Holder stuck = most(holder -> now - holder.movedNanos() >= PATIENCE_NANOS);
        if (stuck != null) {
            shed(stuck, now);
        } else if (now - serversPausedNanos >= PATIENCE_NANOS) {
            Holder greedy = heldBytes() < loop.memory().used() / 2 ? null : most(_ -> true);
            if (greedy != null) {
                shed(greedy, now);
            } else {
                forEachPool(Pool::readOnLong); // they have what clients have not
            }
        }
    }

    /** Who holds most of those that {@code isMeant} says; null if there are none. */
    private @Nullable Holder most(Predicate<Holder> isMeant) {
        Holder most = null;
        for (Holder holder : bySession.values()) {
            boolean isMore = most == null || holder.bytes() > most.bytes();
            if (isMore && !holder.session().isGone() && isMeant.test(holder)) {
                most = holder;
            }
        }
        return most;
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static void shed(Holder holder, long now) {
        ClientSession session = holder.session();
        log.warn(
                "client {} of pool '{}' is closed, as memory is short (max_memory): it holds {}"
                        + " bytes, {} of them answers of which it has taken none for {} ms",
                session.address(),
                session.pool().config().name(),
                holder.bytes(),
                holder.unsentBytes(),
                millis(now - holder.movedNanos()));
        session.pool().counters().add(PoolMetric.CLIENT_SHED, 1);
        session.close();
    }

    private void letAllGo() {
        letServersGo();
        uploads.end();
        for (ClientAcceptor acceptor : acceptors) {
            acceptor.sessions().forEach(ClientSession::letGo);
        }
        bySession = Map.of();
    }

    private void sayOnce(long now) {
        if (now - nextWordNanos >= 0) {
            nextWordNanos = now + SILENCE_NANOS;
            log.warn(
                    "memory is short: {} of {} bytes for buffers are used (max_memory), so clients"
                            + " that hold much have to wait; no word of it for a minute",
                    loop.memory().used(),
                    loop.memory().limit());
        }
    }
}
