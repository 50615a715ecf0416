package io.bilitw;

import io.bilitw.config.PoolConfig;
import io.bilitw.pool.Place;
import io.bilitw.pool.Placement;
import io.bilitw.stats.KeyText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code bilitw where}: says for each key and pool which server has it, and why. */
final class WhereCommand {

    private static final int ROWS_AT_ONCE = 1000;
    private static final byte[] STDIN = {'-'};
    private static final String NOTHING = "-";

    private final Map<PoolConfig, Placement> placements = new LinkedHashMap<>();
    private final TextTable table = new TextTable();
    private final PrintStream out;

    private WhereCommand(List<PoolConfig> pools, PrintStream out) {
        pools.forEach(pool -> placements.put(pool, new Placement(pool)));
        this.out = out;
        table.add(
                "key", "pool", "hashed part", "hash", "decided by", "server", "address of server");
    }

    /**
     * Prints a table with a line for each key in each pool.
     *
     * @param keys the keys; {@code -} stands for those that {@code in} has, one a line
     * @throws IOException with a sentence for the operator
     */
    static void run(List<PoolConfig> pools, List<byte[]> keys, InputStream in, PrintStream out)
            throws IOException {
        if (keys.isEmpty()) {
            throw new IOException("where needs a key, or - for keys on stdin (found: none)");
        }
        WhereCommand command = new WhereCommand(pools, out);
        for (byte[] key : keys) {
            if (Arrays.equals(key, STDIN)) {
                command.addLines(new BufferedInputStream(in));
            } else {
                command.add(key);
            }
        }
        command.print();
    }

    /** Adds the key of each line; an empty line is none. */
    private void addLines(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 || line.size() > 0; next = in.read()) {
            if (next >= 0 && next != '\n') {
                line.write(next);
            } else if (line.size() > 0) {
                add(line.toByteArray());
                line.reset();
            }
        }
    }

    private void add(byte[] key) throws IOException {
        placements.forEach((pool, placement) -> add(key, pool, placement.of(key)));
        if (table.size() >= ROWS_AT_ONCE) {
            print();
        }
    }

    private void add(byte[] key, PoolConfig pool, Place place) {
        String part = NOTHING;
        String hash = NOTHING;
        if (place.hash().isPresent()) {
            boolean isWhole = place.partTo() - place.partFrom() == key.length;
            part = isWhole ? "whole key" : KeyText.of(key, place.partFrom(), place.partTo());
            hash = Long.toString(place.hash().getAsLong());
        }
        table.add(
                KeyText.of(key),
                pool.name(),
                part,
                hash,
                place.reason(),
                place.server() == null ? "any of " + pool.servers().size() : place.server().name(),
                place.server() == null ? NOTHING : place.server().address().toString());
    }

    private void print() throws IOException {
        table.print(out);
        if (out.checkError()) {
            throw new IOException("where cannot write to stdout");
        }
    }
}
