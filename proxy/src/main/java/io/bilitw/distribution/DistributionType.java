package io.bilitw.distribution;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The distributions a pool can name; a new one is one class and one row here. */
public enum DistributionType {
    KETAMA(Ketama::over),
    MODULA(Modula::over),
    RANDOM(RandomChoice::over);

    private final Function<List<LiveServer>, Distribution> builder;

    DistributionType(Function<List<LiveServer>, Distribution> builder) {
        this.builder = builder;
    }

    /** The name in YAML, for example {@code ketama}. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the row that YAML calls {@code configName}, or null when there is none. */
    public static @Nullable DistributionType byConfigName(String configName) {
        for (DistributionType type : values()) {
            if (type.configName().equals(configName)) {
                return type;
            }
        }
        return null;
    }

    /**
     * Spreads the hashes over {@code live}, at least one server, in ascending order of {@link
     * LiveServer#index}. Keeps no reference to the list.
     */
    public Distribution build(List<LiveServer> live) {
        if (live.isEmpty()) {
            throw new IllegalArgumentException("live: no server (expected: >= 1)");
        }
        for (int i = 1; i < live.size(); i++) {
            if (live.get(i - 1).index() >= live.get(i).index()) {
                throw new IllegalArgumentException("live: " + live + " (expected: by index)");
            }
        }
        return builder.apply(live);
    }
}
