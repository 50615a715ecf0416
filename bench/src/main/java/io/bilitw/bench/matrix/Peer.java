package io.bilitw.bench.matrix;

import io.bilitw.bench.process.Children;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is loaded: a proxy, or a server itself.
 *
 * @param process the proxy's first process; none if there is no proxy
 */
record Peer(String name, int port, @Nullable Process process) {

    /** Returns all processes of the proxy, the first one first. */
    List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        if (process != null) {
            pids.add(process.pid());
            pids.addAll(workers());
        }
        return pids;
    }

    /** Returns the processes that the first one has started and that live. */
    List<Long> workers() {
        return process == null ? List.of() : process.children().map(ProcessHandle::pid).toList();
    }

    /** Returns the first process of the proxy. */
    long first() {
        return pids().getFirst();
    }

    /** Ends the proxy. */
    void end() {
        if (process != null) {
            Children.end(process);
        }
    }
}
