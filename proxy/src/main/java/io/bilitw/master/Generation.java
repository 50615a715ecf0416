package io.bilitw.master;

import io.bilitw.config.ConfigFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A configuration and the workers that serve it. Confined to the master's thread. */
final class Generation {

    private final ConfigFile config;
    private final List<Slot> slots;

    Generation(ConfigFile config, int workers) {
        this.config = config;
        slots = new ArrayList<>(IntStream.range(0, workers).mapToObj(_ -> new Slot()).toList());
    }

    ConfigFile config() {
        return config;
    }

    List<Slot> slots() {
        return slots;
    }

    Slot slot(WorkerHandle worker) {
        return slots.get(worker.index());
    }

    /** Tells whether {@code worker} is one of this generation that has not been given up. */
    boolean has(WorkerHandle worker) {
        return worker.equals(slot(worker).worker());
    }

    /** The workers there are. */
    Stream<WorkerHandle> workers() {
        return slots.stream().map(Slot::worker).<WorkerHandle>mapMulti(Generation::ifPresent);
    }

    /** Tells whether each slot has a worker. */
    boolean isFull() {
        for (Slot slot : slots) {
            if (slot.worker() == null) {
                return false;
            }
        }
        return true;
    }

    /** Has a look at each worker: {@link WorkerHandle#lookAfter}. */
    void lookAfter(long now, long limitNanos) {
        for (Slot slot : slots) {
            WorkerHandle worker = slot.worker();
            if (worker != null) {
                worker.lookAfter(now, limitNanos);
            }
        }
    }

    private static void ifPresent(@Nullable WorkerHandle worker, Consumer<WorkerHandle> to) {
        if (worker != null) {
            to.accept(worker);
        }
    }

    /** Tells whether every slot has a worker that serves. */
    boolean isReady() {
        return workers().filter(WorkerHandle::isReady).count() == slots.size();
    }
}
