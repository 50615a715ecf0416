package io.bilitw.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.config.PoolConfig;
import io.bilitw.config.ServerConfig;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What another configuration of a pool does to its keys, counted over a sample of {@link #KEYS}.
 *
 * <p>A key moves if its server has neither the name nor the address of the one before. So a server
 * under its old name keeps its keys though it has another address, as keys are placed by names; and
 * what lies on a server is still there when only its name is other.
 *
 * @param moved how many keys of the sample move
 * @param before by the name of the server, how many keys each has, in the order of the pool
 * @param after the same with the other configuration
 */
public record Relocation(int moved, Map<String, Integer> before, Map<String, Integer> after) {

    /** The size of the sample. */
    public static final int KEYS = 100_000;

    private static final String PREFIX = "key:";

    /** 2 to the power of 32, divided by the golden ratio: multiples of it lie apart evenly. */
    private static final int STEP = 0x9E37_79B9;

    /**
     * Places the sample by both configurations.
     *
     * @throws IllegalArgumentException if one of them does not give each key a place
     */
    public static Relocation between(PoolConfig before, PoolConfig after) {
        Placement old = stable(before);
        Placement now = stable(after);
        boolean[][] isSame = sameServers(before, after);
        int[] oldKeys = new int[before.servers().size()];
        int[] nowKeys = new int[after.servers().size()];
        int moved = 0;
        for (int number = 0; number < KEYS; number++) {
            byte[] key = sampleKey(number);
            int from = old.serverOf(key);
            int to = now.serverOf(key);
            oldKeys[from]++;
            nowKeys[to]++;
            if (!isSame[from][to]) {
                moved++;
            }
        }
        return new Relocation(moved, byName(before, oldKeys), byName(after, nowKeys));
    }

    /**
     * The keys of the sample: {@code key:} and eight hexadecimal digits, each of which changes from
     * one key to the next. With numbers in a row FNV, the hash by default, would put a hundred keys
     * at a time on one server, and the figures would be off by more than one per cent.
     */
    public static byte[] sampleKey(int number) {
        return (PREFIX + HexFormat.of().toHexDigits(number * STEP)).getBytes(US_ASCII);
    }

    private static Placement stable(PoolConfig pool) {
        Placement placement = new Placement(pool);
        if (!placement.isStable()) {
            throw new IllegalArgumentException(
                    pool + ": " + pool.distribution() + " (expected: a place for each key)");
        }
        return placement;
    }

    private static boolean[][] sameServers(PoolConfig before, PoolConfig after) {
        boolean[][] isSame = new boolean[before.servers().size()][after.servers().size()];
        for (int from = 0; from < isSame.length; from++) {
            ServerConfig old = before.servers().get(from);
            for (int to = 0; to < isSame[from].length; to++) {
                ServerConfig now = after.servers().get(to);
                isSame[from][to] =
                        old.name().equals(now.name()) || old.address().equals(now.address());
            }
        }
        return isSame;
    }

    private static Map<String, Integer> byName(PoolConfig pool, int[] keys) {
        Map<String, Integer> byName = new LinkedHashMap<>();
        for (int index = 0; index < keys.length; index++) {
            byName.put(pool.servers().get(index).name(), keys[index]);
        }
        return byName;
    }
}
