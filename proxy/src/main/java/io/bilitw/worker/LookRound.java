package io.bilitw.worker;

import io.bilitw.stats.CounterFile;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does now and then: it shows its master that the event loop turns, looks what it
 * uses and frees what it does not need. While nothing happens it does little but the first, so that
 * an idle proxy uses no processor. On the event loop.
 */
final class LookRound implements Runnable {

    /** After so many rounds without a turn all is counted and freed. */
    private static final int CALM_ROUNDS = 3;

    /** Every how many rounds a worker looks nevertheless that has nothing to do. */
    private static final int IDLE_ROUNDS = 20;

    private final Worker worker;
    private final Vitals vitals;
    private final @Nullable CounterFile shown;
    private long seenTurns;
    private int calmRounds;

    /** Makes it for {@code worker}; {@code shown} is where the master sees it, if it does. */
    LookRound(Worker worker, Vitals vitals, @Nullable CounterFile shown) {
        this.worker = worker;
        this.vitals = vitals;
        this.shown = shown;
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
    }
}
