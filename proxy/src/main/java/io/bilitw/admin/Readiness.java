package io.bilitw.admin;

import io.bilitw.stats.PoolTotals;
import io.bilitw.stats.ServerMetric;
import io.bilitw.stats.ServerTotals;
import io.bilitw.stats.Snapshot;
import io.bilitw.stats.WorkerEntry;
import io.bilitw.stats.WorkerState;
import java.util.BitSet;
import java.util.List;

/** Whether clients should be sent here, and if not, why. */
final class Readiness {

    private Readiness() {}

    /** Says what is in the way of serving every request, or nothing. */
    static String obstacle(MasterView master) {
        return switch (master.state()) {
            case STARTING -> "starting";
            case LEAVING -> "draining";
            case SERVING -> obstacle(master.snapshot(), master.workers());
        };
    }

    private static String obstacle(Snapshot snapshot, int workers) {
        int missing = serving(snapshot.workers()).nextClearBit(0);
        if (missing < workers) {
            return "worker " + missing + " is missing";
        }
        for (PoolTotals pool : snapshot.pools()) {
            if (pool.servers().stream().allMatch(server -> isEjected(server, workers))) {
                return "pool '" + pool.name() + "' has no server";
            }
        }
        return "";
    }

    /** The numbers of the workers that serve; in a reload the older ones come first. */
    private static BitSet serving(List<WorkerEntry> workers) {
        BitSet found = new BitSet();
        for (WorkerEntry worker : workers) {
            if (worker.state() == WorkerState.SERVING) {
                found.set(worker.index());
            }
        }
        return found;
    }

    private static boolean isEjected(ServerTotals server, int workers) {
        return server.counters().value(ServerMetric.EJECTED) >= workers;
    }
}
