package io.bilitw.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the keys of the {@code global} block, and those of them that stand inside a pool.
 *
 * <p>The C program bilitw knew these keys by name alone and wherever they stood, the last one
 * winning (nc_conf.c:conf_handler). Files may rely on it, so a misplaced key still counts, with a
 * warning. {@code slow_req_duration} is a key of both, and inside a pool is the pool's own.
 */
final class GlobalReader {

    private static final String EXPECTED = "a key of the global block";
    private static final String USER = "user";

    private final Problems problems;
    private final NameService names;
    private final Map<String, Object> values = new HashMap<>();

    GlobalReader(Problems problems, NameService names) {
        this.problems = problems;
        this.names = names;
    }

    /** Whether a key inside a pool means the whole program. */
    static boolean isMisplaced(String key) {
        return KeyTable.GLOBAL.find(key) != null && KeyTable.POOL.find(key) == null;
    }

    /** Reads all blocks of the file, in its order. */
    GlobalConfig read(List<PoolBlock> blocks) {
        for (PoolBlock block : blocks) {
            if (block.isGlobal()) {
                readGlobal(block);
            } else {
                block.entries().stream()
                        .filter(entry -> isMisplaced(entry.key().value()))
                        .forEach(this::readMisplaced);
            }
        }
        return KeyTable.GLOBAL.build(values);
    }

    private void readGlobal(PoolBlock block) {
        Duplicates duplicates = new Duplicates("each key once in a block", problems);
        for (Yaml.Entry entry : block.entries()) {
            String name = entry.key().value();
            duplicates.check(name, entry.key().position(), "key '" + name + "'");
            ConfigKey key = KeyTable.GLOBAL.find(name);
            if (key != null) {
                read(key, entry.value());
            } else if (KeyTable.POOL.find(name) != null) {
                problems.fault(
                        entry.key().position(),
                        "key '" + name + "' belongs to a pool (expected: " + EXPECTED + ")");
            } else {
                problems.fault(entry.key().position(), KeyTable.GLOBAL.unknown(name, EXPECTED));
            }
        }
    }

    private void readMisplaced(Yaml.Entry entry) {
        String name = entry.key().value();
        problems.warning(
                entry.key().position(),
                name + ": this key belongs into the block 'global' and counts for all pools");
        ConfigKey key = KeyTable.GLOBAL.find(name);
        if (key != null) {
            read(key, entry.value());
        }
    }

    private void read(ConfigKey key, Yaml value) {
        Object read = key.read(value, problems);
        if (read == null) {
            return;
        }
        values.put(key.component(), read);
        if (key.name().equals(USER) && !names.hasUser(read.toString())) {
            new Spot(USER, value.position(), problems)
                    .reject("user '" + read + "' is unknown", "the name of a user of this machine");
        }
    }
}
