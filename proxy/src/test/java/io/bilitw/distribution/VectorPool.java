package io.bilitw.distribution;

import io.bilitw.VectorFile;
import io.bilitw.hash.HashType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One of the pools for which the C program was asked where its keys go.
 *
 * @param hashTag the two tag characters, or null
 * @param live the servers that were not ejected, in ascending order of their index
 */
record VectorPool(
        HashType hash,
        DistributionType distribution,
        @Nullable String hashTag,
        List<LiveServer> live) {

    /** What was ejected when the C program was asked; the configuration files cannot say it. */
    private static final Map<String, Set<String>> EJECTED =
            Map.of(
                    "H5-ejected2", Set.of("10.0.0.2:6379", "10.0.0.4:6379"),
                    "I4-weights-ejected", Set.of("10.0.0.4:6379"),
                    "K5-modula-ejected", Set.of("10.0.0.3:6379"));

    /** Reads the pool of {@code distribution_configs/ID.yml}. */
    static VectorPool load(String id) {
        Map<?, ?> pool = readPool("distribution_configs/" + id + ".yml");
        return new VectorPool(
                Objects.requireNonNull(HashType.byConfigName(text(pool, "hash"))),
                Objects.requireNonNull(DistributionType.byConfigName(text(pool, "distribution"))),
                pool.containsKey("hash_tag") ? text(pool, "hash_tag") : null,
                liveServers(pool, EJECTED.getOrDefault(id, Set.of())));
    }

    /** Builds the distribution over the live servers. */
    Distribution build() {
        return distribution.build(live);
    }

    /** Returns the part of {@code key} that is hashed: what stands in the tag, if anything does. */
    String hashedPart(String key) {
        if (hashTag == null) {
            return key;
        }
        int open = key.indexOf(hashTag.charAt(0));
        int close = open < 0 ? -1 : key.indexOf(hashTag.charAt(1), open + 1);
        return close > open + 1 ? key.substring(open + 1, close) : key;
    }

    private static Map<?, ?> readPool(String file) {
        try (InputStream yaml = VectorFile.open(file)) {
            var pools =
                    (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
            return (Map<?, ?>) Objects.requireNonNull(pools.get("pool"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Map<?, ?> pool, String key) {
        return Objects.requireNonNull(pool.get(key), key).toString();
    }

    /** Names are sorted by length first, then by their bytes, which are all ASCII here. */
    private static List<LiveServer> liveServers(Map<?, ?> pool, Set<String> ejected) {
        var items = (List<?>) Objects.requireNonNull(pool.get("servers"));
        List<LiveServer> byName =
                items.stream()
                        .map(item -> parse(item.toString()))
                        .sorted(
                                Comparator.comparingInt(
                                                (LiveServer server) -> server.name().length())
                                        .thenComparing(LiveServer::name))
                        .toList();
        List<LiveServer> live = new ArrayList<>();
        for (int index = 0; index < byName.size(); index++) {
            LiveServer server = byName.get(index);
            if (!ejected.contains(server.name())) {
                live.add(new LiveServer(index, server.name(), server.weight()));
            }
        }
        if (byName.size() - live.size() != ejected.size()) {
            throw new IllegalStateException("not in the file: one of " + ejected);
        }
        return List.copyOf(live);
    }

    /** Parses {@code host:port:weight [name]} or {@code /path:weight [name]}; the index is open. */
    private static LiveServer parse(String item) {
        int blank = item.lastIndexOf(' ');
        String address = blank < 0 ? item : item.substring(0, blank);
        int colon = address.lastIndexOf(':');
        int weight = Integer.parseInt(address.substring(colon + 1));
        String name =
                blank < 0 ? derivedName(address.substring(0, colon)) : item.substring(blank + 1);
        return new LiveServer(0, name, weight);
    }

    private static String derivedName(String address) {
        if (address.startsWith("/")) {
            return address + ":";
        }
        return address.endsWith(":11211")
                ? address.substring(0, address.lastIndexOf(':'))
                : address;
    }
}
