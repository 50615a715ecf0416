package io.bilitw;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.config.Changes;
import io.bilitw.config.Config;
import io.bilitw.config.PoolConfig;
import io.bilitw.config.ServerConfig;
import io.bilitw.pool.Placement;
import io.bilitw.pool.Relocation;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code bilitw diff}: says what a reload from one file to another would change. */
final class DiffCommand {

    private static final String INDENT = "  ";

    private final PrintStream out;

    private DiffCommand(PrintStream out) {
        this.out = out;
    }

    /** Prints the sentences of a reload, then for each pool in both files which keys move. */
    static void run(Config before, Config after, PrintStream out) {
        List<String> changes = Changes.between(before, after);
        changes.forEach(out::println);
        if (changes.isEmpty()) {
            out.println("nothing changes");
        }
        DiffCommand command = new DiffCommand(out);
        for (PoolConfig old : before.pools()) {
            for (PoolConfig now : after.pools()) {
                if (old.name().equals(now.name())) {
                    out.println();
                    command.compare(old, now);
                }
            }
        }
    }

    private void compare(PoolConfig old, PoolConfig now) {
        boolean hadPlaces = new Placement(old).isStable();
        boolean hasPlaces = new Placement(now).isStable();
        if (!hadPlaces || !hasPlaces) {
            String when = hadPlaces ? "afterwards" : hasPlaces ? "before" : "before and afterwards";
            out.println(now + ": random, so any server may get any key, " + when);
            return;
        }
        Relocation relocation = Relocation.between(old, now);
        out.println(
                "%s: %s of its keys move to another server (%d of a sample of %d)"
                        .formatted(
                                now,
                                percent(relocation.moved()).strip(),
                                relocation.moved(),
                                Relocation.KEYS));
        printShares(relocation);
        printNotes(old, now);
    }

    private void printShares(Relocation relocation) {
        Set<String> names = new LinkedHashSet<>(relocation.before().keySet());
        names.addAll(relocation.after().keySet());
        TextTable table = new TextTable();
        table.add(INDENT + "server", " before", "  after");
        for (String name : names) {
            table.add(
                    INDENT + name,
                    share(relocation.before(), name),
                    share(relocation.after(), name));
        }
        table.print(out);
    }

    private void printNotes(PoolConfig old, PoolConfig now) {
        for (ServerConfig before : old.servers()) {
            for (ServerConfig after : now.servers()) {
                boolean isSameName = before.name().equals(after.name());
                boolean isSameAddress = before.address().equals(after.address());
                if (isSameName && !isSameAddress) {
                    out.println(otherAddress(before, after));
                } else if (isSameAddress && !isSameName) {
                    out.println(otherName(before, after));
                }
            }
        }
        if (!Objects.equals(old.hashTag(), now.hashTag())) {
            out.println(
                    INDENT
                            + "hash_tag is another: keys with a tag may move beyond this, as the"
                            + " sample, keys like "
                            + new String(Relocation.sampleKey(0), US_ASCII)
                            + ", has none");
        }
    }

    private static String otherAddress(ServerConfig before, ServerConfig after) {
        return INDENT
                + ("server '%s' keeps its name and is at %s instead of %s: keys that stay with the"
                                + " name count as not moved")
                        .formatted(before.name(), after.address(), before.address());
    }

    private static String otherName(ServerConfig before, ServerConfig after) {
        return INDENT
                + ("server '%s' at %s is called '%s' now: keys that stay with the address count as"
                                + " not moved")
                        .formatted(before.name(), before.address(), after.name());
    }

    private static String share(Map<String, Integer> keys, String server) {
        Integer count = keys.get(server);
        return count == null ? "      -" : percent(count);
    }

    private static String percent(int keys) {
        return String.format(Locale.ROOT, "%5.1f %%", 100.0 * keys / Relocation.KEYS);
    }
}
