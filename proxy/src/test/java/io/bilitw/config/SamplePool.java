package io.bilitw.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Pools for tests in any room, made by the real reader. */
public final class SamplePool {

    private SamplePool() {}

    /**
     * A redis pool of three servers, {@code a}, {@code b} and {@code c}, as {@link #of} makes it.
     */
    public static PoolConfig ofThree(String... settings) {
        return of(3, settings);
    }

    /**
     * A redis pool of {@code servers} servers that have letters for names.
     *
     * @param settings lines {@code key: value}; where they are silent, keys are placed by modula
     *     over one_at_a_time, so that an empty key belongs to the first server
     */
    public static PoolConfig of(int servers, String... settings) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("listen", "127.0.0.1:22121");
        lines.put("redis", "true");
        lines.put("distribution", "modula");
        lines.put("hash", "one_at_a_time");
        for (String setting : settings) {
            int colon = setting.indexOf(':');
            lines.put(setting.substring(0, colon), setting.substring(colon + 1).strip());
        }
        StringBuilder text = new StringBuilder("alpha:\n");
        lines.forEach((key, value) -> text.append("  " + key + ": " + value + "\n"));
        text.append("  servers:\n");
        for (int i = 0; i < servers; i++) {
            text.append("    - 127.0.0.1:" + (6379 + i) + ":1 " + (char) ('a' + i) + "\n");
        }
        return read(text.toString());
    }

    /** The only pool of a file with that text. */
    public static PoolConfig read(String text) {
        try {
            return ConfigFile.parse("sample.yml", text).config().pools().getFirst();
        } catch (ConfigException e) {
            throw new AssertionError(e.problems().toString(), e);
        }
    }
}
