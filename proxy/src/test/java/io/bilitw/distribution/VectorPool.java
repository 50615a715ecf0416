package io.bilitw.distribution;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.VectorFile;
import io.bilitw.config.HashTag;
import io.bilitw.config.PoolConfig;
import io.bilitw.config.SamplePool;
import io.bilitw.config.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One of the pools for which the C program was asked where its keys go, read as the proxy reads it.
 *
 * @param config what the file says
 * @param ejectedNames the servers that were out
 */
public record VectorPool(PoolConfig config, Set<String> ejectedNames) {

    /** What was ejected when the C program was asked; the configuration files cannot say it. */
    private static final Map<String, Set<String>> EJECTED =
            Map.of(
                    "H5-ejected2", Set.of("10.0.0.2:6379", "10.0.0.4:6379"),
                    "I4-weights-ejected", Set.of("10.0.0.4:6379"),
                    "K5-modula-ejected", Set.of("10.0.0.3:6379"));

    /** Reads the pool of {@code distribution_configs/ID.yml}. */
    public static VectorPool load(String id) {
        VectorPool pool =
                new VectorPool(
                        SamplePool.read(text("distribution_configs/" + id + ".yml")),
                        EJECTED.getOrDefault(id, Set.of()));
        int servers = pool.config.servers().size();
        if (servers - pool.live().size() != pool.ejectedNames.size()) {
            throw new IllegalStateException("not in the file: one of " + pool.ejectedNames);
        }
        return pool;
    }

    /** Which servers were out, by index. */
    public boolean[] ejected() {
        boolean[] ejected = new boolean[config.servers().size()];
        for (int index = 0; index < ejected.length; index++) {
            ejected[index] = ejectedNames.contains(config.servers().get(index).name());
        }
        return ejected;
    }

    /** The servers that were not out, in ascending order of their index. */
    List<LiveServer> live() {
        boolean[] ejected = ejected();
        List<LiveServer> live = new ArrayList<>();
        for (int index = 0; index < ejected.length; index++) {
            ServerConfig server = config.servers().get(index);
            if (!ejected[index]) {
                live.add(new LiveServer(index, server.name(), server.weight()));
            }
        }
        return live;
    }

    /** Builds the distribution over the live servers. */
    Distribution build() {
        return config.distribution().build(live());
    }

    /** Returns the part of {@code key} that is hashed: what stands in the tag, if anything does. */
    String hashedPart(String key) {
        HashTag tag = config.hashTag();
        if (tag == null) {
            return key;
        }
        int open = key.indexOf(tag.open());
        int close = open < 0 ? -1 : key.indexOf(tag.close(), open + 1);
        return close > open + 1 ? key.substring(open + 1, close) : key;
    }

    private static String text(String file) {
        try (InputStream yaml = VectorFile.open(file)) {
            return new String(yaml.readAllBytes(), US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
