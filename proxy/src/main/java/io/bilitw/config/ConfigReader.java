package io.bilitw.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the top level of a file: the pools, and the {@code global} block anywhere between them. */
final class ConfigReader {

    private static final Position START = new Position(1, 1);
    private static final String POOL_BLOCK = "a pool's name and under it an indented block of keys";

    private final Problems problems;
    private final NameService names;

    ConfigReader(Problems problems, NameService names) {
        this.problems = problems;
        this.names = names;
    }

    /** Reads the whole; null when the file has faults, which {@code problems} then know. */
    @Nullable Config read(Yaml.Document document) {
        boolean cutShort = document.cutShort();
        switch (document.root()) {
            case null -> reject(!cutShort, START, "an empty file", "at least one pool");
            case Yaml.Text text ->
                    reject(!cutShort, text.position(), "a text instead of a pool", POOL_BLOCK);
            case Yaml.Items items ->
                    reject(true, items.position(), "a list instead of a pool", POOL_BLOCK);
            case Yaml.Refused _ -> {}
            case Yaml.Entries top -> {
                return config(top, cutShort);
            }
        }
        return null;
    }

    private @Nullable Config config(Yaml.Entries top, boolean cutShort) {
        List<PoolBlock> blocks = blocks(top, cutShort);
        GlobalConfig global = new GlobalReader(problems, names).read(blocks);
        Duplicates addresses = new Duplicates("each pool listens elsewhere", problems);
        List<Map<String, Object>> pools =
                blocks.stream()
                        .filter(block -> !block.isGlobal())
                        .map(block ->
                                new PoolReader(block, problems).read(global, addresses, names))
                        .toList();
        if (problems.hasFaults()) {
            return null;
        }
        return new Config(pools.stream().map(KeyTable.POOL::build).toList(), global);
    }

    /** The entries that are blocks of keys; all others are faults. */
    private List<PoolBlock> blocks(Yaml.Entries top, boolean cutShort) {
        List<PoolBlock> blocks = new ArrayList<>();
        Duplicates names = new Duplicates("each name once", problems);
        for (Yaml.Entry entry : top.entries()) {
            Yaml.Text title = entry.key();
            String name = title.value();
            boolean whole = !cutShort || !entry.equals(top.entries().getLast());
            names.check(name, title.position(), "pool '" + name + "'");
            reject(name.isEmpty(), title.position(), "a pool with an empty name", "a name");
            switch (entry.value()) {
                case Yaml.Entries body -> blocks.add(new PoolBlock(title, body.entries(), whole));
                case Yaml.Text _, Yaml.Items _ ->
                        reject(
                                whole,
                                title.position(),
                                "'" + name + "' is not a block of keys",
                                POOL_BLOCK);
                case Yaml.Refused _ -> {}
            }
        }
        boolean poolless =
                top.entries().stream().allMatch(entry -> PoolBlock.isGlobal(entry.key()));
        reject(poolless && !cutShort, top.position(), "a file without pools", "at least one pool");
        return blocks;
    }

    private void reject(boolean isFault, Position position, String found, String expected) {
        if (isFault) {
            problems.fault(position, found + " (expected: " + expected + ")");
        }
    }
}
