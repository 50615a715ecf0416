package io.bilitw.bench.matrix;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is loaded: a proxy, or a server itself.
 *
 * @param process the proxy's first process; none if there is no proxy
 * @param workers the processes that it has started
 */
record Peer(String name, int port, @Nullable Process process, List<Long> workers) {

    /** Returns all processes of the proxy. */
    List<Long> pids() {
        return process == null
                ? List.of()
                : Stream.concat(Stream.of(process.pid()), workers.stream()).toList();
    }
}
