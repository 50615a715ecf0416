package io.bilitw.config;

import java.util.List;

/**
 * A block of keys at the top level of the file, under its name.
 *
 * @param whole false when the file may break off inside, so that nothing can be said about missing
 *     keys
 */
record PoolBlock(Yaml.Text title, List<Yaml.Entry> entries, boolean whole) {

    private static final String GLOBAL = "global";

    String name() {
        return title.value();
    }

    /** Whether this is not a pool but the block that concerns the whole program. */
    boolean isGlobal() {
        return isGlobal(title);
    }

    static boolean isGlobal(Yaml.Text title) {
        return title.value().equals(GLOBAL);
    }
}
