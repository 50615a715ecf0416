package io.bilitw.testkit;

/** The client of a load that opens a connection, uses it once and closes it, again and again. */
final class LoadOpener implements Runnable {

    private static final long PERIOD_NANOS = 5_000_000;
    private static final String NAME = "new";

    private final LoadRun run;
    private final LoadKeys keys = new LoadKeys(NAME);
    private final LoadSamples.Recorder recorder;

    LoadOpener(LoadRun run) {
        this.run = run;
        recorder = run.samples().recorder();
    }

    /** After a slow connection the next one is due at once, but what was missed is not made up. */
    @Override
    public void run() {
        for (long count = 1; !run.isStopping(); count++) {
            long beganNanos = System.nanoTime();
            openAndUse(count);
            run.pause(PERIOD_NANOS - (System.nanoTime() - beganNanos));
        }
    }

    private void openAndUse(long count) {
        try (LoadConnection connection = run.connect()) {
            var session = new LoadSession(run, connection, recorder);
            session.oneByOne(run.dialect().writesThenReads(keys.next(1)));
            connection.finish();
            run.connects().increment();
        } catch (LoadFault e) {
            fail(count, e);
        } catch (RuntimeException e) {
            fail(count, new LoadFault(FaultKind.BROKEN, e.toString()));
        }
    }

    private void fail(long count, LoadFault fault) {
        run.faults().ofNew("new connection " + count, fault);
    }
}
