package io.bilitw.config;

import java.util.List;

/** A block of keys at the top level of the file, under its name. */
record PoolBlock(Yaml.Text title, Yaml.Entries body) {

    private static final String GLOBAL = "global";

    String name() {
        return title.value();
    }

    List<Yaml.Entry> entries() {
        return body.entries();
    }

    /** Whether this is not a pool but the block that concerns the whole program. */
    boolean isGlobal() {
        return isGlobal(title);
    }

    static boolean isGlobal(Yaml.Text title) {
        return title.value().equals(GLOBAL);
    }
}
