package io.bilitw.config;

import java.util.List;

/** Prints {@code docs/configuration.md} from the tables of keys. */
final class ConfigurationPage {

    private static final String HEAD =
            """
            # Configuration

            <!-- Printed from PoolConfig and GlobalConfig; do not edit. See ConfigurationPageTest. -->

            bilitw reads one YAML file: a block of keys for each pool, under the pool's name, and optionally one block `global`. A file
            of twemproxy works unchanged. `bilitw -t -c FILE` checks a file and names every fault with line and column.

            Numbers are digits only, at most 2147483647. Booleans are `true` or `false` and nothing else. Not allowed, as in twemproxy,
            although YAML has them: brackets and braces outside quotes, anchors, aliases, tags, `---`, `...`, a key twice in a block.

            """;

    private static final String POOL_HEAD =
            """
            ## Keys of a pool

            Pools and servers are sorted by name, shorter names first: the order in the file does not matter. Two pools cannot have one
            name or listen on one address; two servers of a pool cannot have one name.

            """;

    private static final String GLOBAL_HEAD =
            """
            ## Keys of the block `global`

            The block may stand anywhere in the file, once. A key of it inside a pool counts for the whole program too, the last one in
            the file winning, with a warning (`slow_req_duration` is the pool's own there).

            """;

    private ConfigurationPage() {}

    static String print() {
        return HEAD
                + POOL_HEAD
                + table(KeyTable.POOL.keys())
                + "\n"
                + GLOBAL_HEAD
                + table(KeyTable.GLOBAL.keys());
    }

    private static String table(List<ConfigKey> keys) {
        StringBuilder table =
                new StringBuilder("| Key | Value | Default | Meaning |\n|---|---|---|---|\n");
        keys.forEach(key -> table.append(row(key)));
        return table.toString();
    }

    private static String row(ConfigKey row) {
        Key key = row.key();
        String value = row.type().doc() + (key.unit().isEmpty() ? "" : ", " + key.unit());
        String least = key.min() > 0 ? ", at least " + key.min() : "";
        String absent = key.required() ? "required" : key.absent();
        String fallback = key.byDefault().isEmpty() ? absent : "`" + key.byDefault() + "`";
        String doc = key.doc().strip().replace('\n', ' ');
        return "| `"
                + row.name()
                + "` | "
                + value
                + least
                + " | "
                + fallback
                + " | "
                + doc
                + " |\n";
    }
}
