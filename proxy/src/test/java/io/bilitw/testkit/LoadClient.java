package io.bilitw.testkit;

import java.util.List;
import java.util.Random;

/** A client of a load that keeps its connection, until the load or the connection ends. */
final class LoadClient implements Runnable {

    private static final int PIPELINE = 8;
    private static final long MIN_IDLE_NANOS = 200_000_000;
    private static final long MAX_IDLE_NANOS = 500_000_000;
    private static final long LOOK_NANOS = 20_000_000;

    private final LoadRun run;
    private final LoadHabit habit;
    private final String name;
    private final LoadKeys keys;
    private final Random random;
    private boolean isReady;

    LoadClient(LoadRun run, int index) {
        this.run = run;
        habit = LoadHabit.of(index);
        name = "load-" + index;
        keys = new LoadKeys(Integer.toString(index));
        random = new Random(index);
    }

    String name() {
        return name;
    }

    @Override
    public void run() {
        try (LoadConnection connection = run.connect()) {
            talk(connection);
        } catch (LoadFault e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(new LoadFault(FaultKind.BROKEN, e.toString()));
        } finally {
            ready();
        }
    }

    private void fail(LoadFault fault) {
        run.faults().ofKept("client " + name + " (" + habit + ")", fault);
    }

    private void ready() {
        if (!isReady) {
            isReady = true;
            run.ready().countDown();
        }
    }

    /** Goes one more round after the stop, so that a connection lost shortly before is found. */
    private void talk(LoadConnection connection) throws LoadFault {
        var session = new LoadSession(run, connection, run.samples().recorder());
        send(session, run.dialect().hello(name));
        boolean isLast;
        int round = 0;
        do {
            isLast = run.isStopping();
            int writes = habit == LoadHabit.PIPELINED ? PIPELINE : 1;
            send(session, run.dialect().writesThenReads(keys.next(writes)));
            send(session, run.dialect().special(round, name, keys));
            ready();
            if (habit == LoadHabit.IDLE) {
                idle(connection);
            }
            rest();
            round++;
        } while (!isLast);
        connection.finish();
    }

    private void send(LoadSession session, List<LoadRequest> requests) throws LoadFault {
        switch (habit) {
            case PLAIN, IDLE -> session.oneByOne(requests);
            case PIPELINED -> session.inOneGo(requests);
            case CUT -> session.inPieces(requests, random);
        }
    }

    /** Rests for a random time, or the clients would come in waves. */
    private void rest() {
        if (run.restNanos() > 0) {
            run.pause(random.nextLong(2 * run.restNanos()));
        }
    }

    /** Looks every now and then whether the connection is still there. */
    private void idle(LoadConnection connection) throws LoadFault {
        long endNanos = System.nanoTime() + random.nextLong(MIN_IDLE_NANOS, MAX_IDLE_NANOS);
        while (!run.isStopping() && System.nanoTime() - endNanos < 0) {
            run.pause(LOOK_NANOS);
            connection.expectSilence();
        }
    }
}
