package io.bilitw.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the top level of a file: the pools, and the {@code global} block anywhere between them. */
final class ConfigReader {

    private static final String POOL_BLOCK = "a pool's name and under it an indented block of keys";

    private final Problems problems;
    private final HostResolver resolver;

    ConfigReader(Problems problems, HostResolver resolver) {
        this.problems = problems;
        this.resolver = resolver;
    }

    /** Reads the whole; null when the file has faults, which {@code problems} then know. */
    @Nullable Config read(@Nullable Yaml root) {
        switch (root) {
            case null -> reject(new Position(1, 1), "an empty file", "at least one pool");
            case Yaml.Text text -> reject(text.position(), "a text instead of a pool", POOL_BLOCK);
            case Yaml.Items items ->
                    reject(items.position(), "a list instead of a pool", POOL_BLOCK);
            case Yaml.Refused _ -> {}
            case Yaml.Entries top -> {
                return config(top);
            }
        }
        return null;
    }

    private @Nullable Config config(Yaml.Entries top) {
        List<PoolBlock> blocks = blocks(top);
        GlobalConfig global = new GlobalReader(problems).read(blocks);
        Duplicates addresses = new Duplicates("each pool listens elsewhere", problems);
        List<Map<String, Object>> pools =
                blocks.stream()
                        .filter(block -> !block.isGlobal())
                        .map(block ->
                                new PoolReader(block, problems).read(global, addresses, resolver))
                        .toList();
        if (problems.hasFaults()) {
            return null;
        }
        return new Config(pools.stream().map(KeyTable.POOL::build).toList(), global);
    }

    /** The entries that are blocks of keys; all others are faults. */
    private List<PoolBlock> blocks(Yaml.Entries top) {
        List<PoolBlock> blocks = new ArrayList<>();
        Duplicates names = new Duplicates("each name once", problems);
        for (Yaml.Entry entry : top.entries()) {
            Yaml.Text title = entry.key();
            names.check(title.value(), title.position(), "pool '" + title.value() + "'");
            if (title.value().isEmpty()) {
                reject(title.position(), "a pool with an empty name", "a name");
            }
            switch (entry.value()) {
                case Yaml.Entries body -> blocks.add(new PoolBlock(title, body));
                case Yaml.Text _, Yaml.Items _ ->
                        reject(
                                title.position(),
                                "'" + title.value() + "' is not a block of keys",
                                POOL_BLOCK);
                case Yaml.Refused _ -> {}
            }
        }
        if (top.whole()
                && top.entries().stream().allMatch(entry -> PoolBlock.isGlobal(entry.key()))) {
            reject(top.position(), "a file without pools", "at least one pool");
        }
        return blocks;
    }

    private void reject(Position position, String found, String expected) {
        problems.fault(position, found + " (expected: " + expected + ")");
    }
}
