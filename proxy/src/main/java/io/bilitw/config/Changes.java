package io.bilitw.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What differs between two configurations, in sentences for an operator. */
public final class Changes {

    private static final String SERVERS = "servers";

    private final List<String> sentences = new ArrayList<>();

    private Changes() {}

    /** Lists all that changes when {@code after} takes the place of {@code before}. */
    public static List<String> between(Config before, Config after) {
        Changes changes = new Changes();
        changes.compare("global", KeyTable.GLOBAL, before.global(), after.global());
        Map<String, PoolConfig> old = byName(before);
        Map<String, PoolConfig> now = byName(after);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            changes.comparePools(name, old.get(name), now.get(name));
        }
        return changes.sentences;
    }

    private static Map<String, PoolConfig> byName(Config config) {
        return config.pools().stream()
                .collect(Collectors.toMap(PoolConfig::name, Function.identity()));
    }

    private void comparePools(String name, @Nullable PoolConfig old, @Nullable PoolConfig now) {
        String pool = "pool '" + name + "'";
        if (old == null || now == null) {
            sentences.add(pool + (old == null ? " is added" : " is removed"));
            return;
        }
        compare(pool, KeyTable.POOL, old, now);
        List<ServerConfig> gone = new ArrayList<>(old.servers());
        gone.removeAll(now.servers());
        gone.forEach(server -> sentences.add(pool + " loses server '" + text(server) + "'"));
        List<ServerConfig> come = new ArrayList<>(now.servers());
        come.removeAll(old.servers());
        come.forEach(server -> sentences.add(pool + " gets server '" + text(server) + "'"));
    }

    private static String text(ServerConfig server) {
        return server.pname() + " " + server.name();
    }

    private <R extends Record> void compare(String block, KeyTable<R> table, R old, R now) {
        for (ConfigKey key : table.keys()) {
            Object before = key.valueIn(old);
            Object after = key.valueIn(now);
            if (key.name().equals(SERVERS) || Objects.equals(before, after)) {
                continue;
            }
            sentences.add(
                    key.isSecret()
                            ? block + " has another " + key.name()
                            : block
                                    + " "
                                    + key.name()
                                    + ": "
                                    + text(before)
                                    + " -> "
                                    + text(after));
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Duration duration) {
            return Long.toString(duration.toMillis());
        }
        if (value instanceof UnixAddress socket && socket.permission() != 0) {
            return socket + " 0" + Integer.toOctalString(socket.permission());
        }
        return value == null ? "none" : value.toString();
    }
}
