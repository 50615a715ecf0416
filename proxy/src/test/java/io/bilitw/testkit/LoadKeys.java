package io.bilitw.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The keys that belong to one client of a load, and what it has written to them last.
 *
 * <p>No value comes twice, and each names its key and its number, so an old value or that of
 * somebody else is never taken for the right one.
 */
final class LoadKeys {

    /**
     * A key with its value.
     *
     * @param key the key
     * @param value what was written last
     */
    record Entry(String key, String value) {}

    private static final int KEYS = 16;
    private static final int MIN_BYTES = 10;
    private static final int SHORT_BYTES = 300;
    private static final int LONG_BYTES = 20_000;
    private static final int SHORT_FOR_EACH_LONG = 15;

    /** Where a text that is cut wrongly would look like the end of something. */
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz\r\nEND\r\n";

    private final String client;
    private final Random random;
    private final List<Entry> written = new ArrayList<>(KEYS);
    private long count;

    LoadKeys(String client) {
        this.client = client;
        random = new Random(client.hashCode());
    }

    /** Makes the value that is to be written next. */
    Entry next() {
        int at = (int) (count % KEYS);
        String key = "load:" + client + ":" + at;
        var entry = new Entry(key, value(key));
        if (written.size() == at) {
            written.add(entry);
        } else {
            written.set(at, entry);
        }
        count++;
        return entry;
    }

    /** Makes the values that are to be written next; at most as many as there are keys. */
    List<Entry> next(int many) {
        var entries = new ArrayList<Entry>(many);
        for (int i = 0; i < many; i++) {
            entries.add(next());
        }
        return entries;
    }

    /** What was made last, up to {@code many} entries, the oldest first. */
    List<Entry> recent(int many) {
        var entries = new ArrayList<Entry>(many);
        for (long i = Math.max(0, count - Math.min(many, KEYS)); i < count; i++) {
            entries.add(written.get((int) (i % KEYS)));
        }
        return entries;
    }

    private String value(String key) {
        int bytes = length();
        var value = new StringBuilder(bytes).append(key).append('=').append(count).append(' ');
        for (int i = value.length(); i < bytes; i++) {
            value.append(ALPHABET.charAt((int) ((count + i + i / 64) % ALPHABET.length())));
        }
        return value.toString();
    }

    private int length() {
        boolean isLong = random.nextInt(SHORT_FOR_EACH_LONG + 1) == 0;
        return random.nextInt(MIN_BYTES, isLong ? LONG_BYTES : SHORT_BYTES);
    }
}
