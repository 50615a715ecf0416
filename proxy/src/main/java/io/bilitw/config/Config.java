package io.bilitw.config;

import java.util.Comparator;
import java.util.List;

/**
 * A whole configuration file, checked and with its defaults filled in.
 *
 * @param pools at least one, shorter names first, then by byte value
 */
public record Config(List<PoolConfig> pools, GlobalConfig global) {

    /** Sorts the pools by name, which is the order in which they listen and are shown. */
    public Config {
        pools =
                pools.stream()
                        .sorted(Comparator.comparing(PoolConfig::name, NameOrder.SHORTER_FIRST))
                        .toList();
    }
}
