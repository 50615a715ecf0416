package io.bilitw.worker;

import io.bilitw.stats.CounterFile;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does now and then: it shows its master that the event loop turns, looks what it
 * uses and frees what it does not need. While nothing happens it does little but the first, so that
 * an idle proxy uses no processor. On the event loop.
 */
final class LookRound implements Runnable {

    /** How often it looks while there is something to do. */
    private static final long BUSY_MILLIS = 500;

    /** How often it shows, at the most, that nothing happens: each time wakes a processor up. */
    private static final long MAX_CALM_MILLIS = 2000;

    /** So many signs of life the master gets before it loses patience, if that is two seconds. */
    private static final int SIGNS = 4;

    /** After so many rounds without a turn all is counted and freed. */
    private static final int CALM_ROUNDS = 3;

    /** Every how many rounds a worker looks nevertheless that has nothing to do. */
    private static final int IDLE_ROUNDS = 5;

    private final Worker worker;
    private final Vitals vitals;
    private final @Nullable CounterFile shown;
    private final long calmMillis;
    private long seenTurns;
    private int calmRounds;

    /**
     * Makes it for {@code worker}.
     *
     * @param shown where the master sees it, if it does
     * @param patience how long the master waits for a sign of life
     */
    LookRound(Worker worker, Vitals vitals, @Nullable CounterFile shown, Duration patience) {
        this.worker = worker;
        this.vitals = vitals;
        this.shown = shown;
        long mostMillis = Math.min(MAX_CALM_MILLIS, patience.toMillis() / SIGNS);
        calmMillis = Math.max(BUSY_MILLIS, mostMillis);
    }

    /** Looks for the first time, and again and again from then on; from any thread. */
    void start() {
        worker.eventLoop().execute(this);
    }

    @Override
    public void run() {
        if (shown != null) {
            shown.beat();
        }
        long turns = worker.turns();
        calmRounds = turns == seenTurns ? calmRounds + 1 : 0;
        seenTurns = turns;
        if (calmRounds <= CALM_ROUNDS || calmRounds % IDLE_ROUNDS == 0) {
            vitals.read();
            worker.countQueues();
            worker.tidy();
        }
        long millis = calmRounds <= CALM_ROUNDS ? BUSY_MILLIS : calmMillis;
        worker.eventLoop().schedule(this, millis, TimeUnit.MILLISECONDS);
    }
}
