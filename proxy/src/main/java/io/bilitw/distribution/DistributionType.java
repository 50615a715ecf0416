package io.bilitw.distribution;

import java.util.Locale;

/** The distributions a pool can name; a new one is one class and one row here. */
public enum DistributionType {
    KETAMA,
    MODULA,
    RANDOM;

    /** The name in YAML, for example {@code ketama}. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
