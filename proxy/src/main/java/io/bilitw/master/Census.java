package io.bilitw.master;

import io.bilitw.config.PoolConfig;
import io.bilitw.control.CensusSeats;
import io.bilitw.os.Descriptors;
import io.bilitw.stats.ClientCensus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives workers and the addresses of pools their places in the {@link ClientCensus}. An address
 * keeps its place through reloads. Confined to the master's thread.
 */
final class Census implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("master");

    private final int memory;
    private final @Nullable ClientCensus census;
    private final BitSet workers = new BitSet();
    private final Map<String, Integer> addresses = new HashMap<>();

    /**
     * Begins without workers.
     *
     * @throws IOException if there is no memory for it
     */
    Census() throws IOException {
        memory = Descriptors.openInMemory("bilitw-clients", ClientCensus.BYTES);
        census = ClientCensus.map(Descriptors.path(memory));
    }

    /** The memory, for a worker; stays owned by this object. */
    int memory() {
        return memory;
    }

    /** Takes places for a worker that will serve {@code pools}. */
    CensusSeats take(List<PoolConfig> pools) {
        List<Integer> places = new ArrayList<>();
        for (PoolConfig pool : pools) {
            places.add(place(pool));
        }
        int worker = workers.nextClearBit(0);
        if (worker >= ClientCensus.WORKERS) {
            log.warn("client_connections holds for each worker alone, as there are so many");
            worker = CensusSeats.NONE;
        } else {
            workers.set(worker);
        }
        return new CensusSeats(worker, places);
    }

    private int place(PoolConfig pool) {
        String address = pool.listen().toString();
        Integer known = addresses.get(address);
        if (known != null) {
            return known;
        }
        if (addresses.size() == ClientCensus.ADDRESSES) {
            if (pool.clientConnections() > 0) {
                log.warn(
                        "client_connections of pool '{}' holds for each worker alone, as there are"
                                + " so many pools",
                        pool.name());
            }
            return CensusSeats.NONE;
        }
        addresses.put(address, addresses.size());
        return addresses.size() - 1;
    }

    /** Takes the place of a worker back that has ended. */
    void giveBack(CensusSeats seats) {
        if (seats.worker() != CensusSeats.NONE && census != null) {
            census.clear(seats.worker());
            workers.clear(seats.worker());
        }
    }

    @Override
    public void close() {
        Descriptors.close(memory);
    }
}
