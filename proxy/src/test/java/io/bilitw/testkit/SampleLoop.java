package io.bilitw.testkit;

import io.bilitw.net.Loop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;

/** A loop whose turns a test takes by hand, on its own thread. */
public final class SampleLoop implements AutoCloseable {

    private final EmbeddedChannel turns = new EmbeddedChannel();
    private final Loop loop = new Loop(turns.eventLoop(), 16 * 1024);

    /** The loop for what is tested. */
    public Loop loop() {
        return loop;
    }

    /** Ends the turn: what was appended is written, timers that are due run. */
    public void endTurn() {
        turns.runPendingTasks();
    }

    /** Ends the turn after {@code millis} more milliseconds, as far as timers know. */
    public void endTurnAfter(int millis) {
        turns.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        turns.runPendingTasks();
    }

    @Override
    public void close() {
        endTurn();
        turns.finishAndReleaseAll();
        loop.close();
    }
}
