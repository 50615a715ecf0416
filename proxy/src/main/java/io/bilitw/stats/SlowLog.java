package io.bilitw.stats;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The last {@value #ENTRIES} slow requests of all workers, in memory that those and the master
 * share, so that they outlive each of them. Any thread may read and write; nobody waits.
 *
 * <p>The layout, in words of 64 bits in the byte order of the machine:
 *
 * <pre>
 *   word  what
 *   0     0x736c6f77 ("slow") above the version of this layout
 *   1     how many slow requests there were, which numbers them from 1
 *   2     the number up to which they were forgotten on somebody's wish
 *   3     the second for which lines were counted last, above 8 bits for the number of its lines
 *   4     how many requests got no line
 *   5...  {@value #ENTRIES} entries, 64 words each; number n is at (n - 1) modulo {@value #ENTRIES}
 * </pre>
 *
 * <p>An entry is a checksum of its other bytes, the {@linkplain SlowRequest numbers}, and each text
 * behind its length in two bytes. Who reads an entry that is just being written sees that by the
 * checksum or by the number in it, and leaves it out.
 */
public final class SlowLog {

    /** How many are kept. */
    public static final int ENTRIES = 128;

    /** How much of a key is kept. */
    public static final int MAX_KEY_BYTES = 128;

    /** How many lines the log gets in a second: enough to see what it is, and no flood. */
    public static final int LINES_PER_SECOND = 10;

    private static final int LAYOUT_AT = 0;
    private static final int COUNT_AT = 1;
    private static final int FORGOTTEN_AT = 2;
    private static final int LINES_AT = 3;
    private static final int LEFT_OUT_AT = 4;
    private static final int HEADER_WORDS = 5;
    private static final int ENTRY_WORDS = 64;
    private static final int LINE_BITS = 8;

    private static final long LAYOUT = 0x736c6f77L << Integer.SIZE | 1;

    private static final int MAX_TYPE_BYTES = 40;
    private static final int MAX_PLACE_BYTES = 80;
    private static final int MAX_FAILURE_BYTES = 40;

    /** Size of the memory. */
    public static final int BYTES = (HEADER_WORDS + ENTRIES * ENTRY_WORDS) * Long.BYTES;

    private final Words words;

    private SlowLog(Words words) {
        this.words = words;
    }

    /** Makes one that only this process sees. */
    public static SlowLog inProcess() {
        return new SlowLog(Words.inProcess(BYTES / Long.BYTES));
    }

    /**
     * Maps the file at {@code path}, which has {@link #BYTES} bytes, all 0, for the first time.
     *
     * @throws IOException if that is not possible
     */
    public static SlowLog create(Path path) throws IOException {
        Words words = Words.map(path);
        words.set(LAYOUT_AT, LAYOUT);
        return new SlowLog(words);
    }

    /**
     * Maps the file that another process has made; null if that was a process of another version.
     *
     * @throws IOException if that is not possible
     */
    public static @Nullable SlowLog map(Path path) throws IOException {
        Words words = Words.map(path);
        boolean isOurs = words.count() == BYTES / Long.BYTES && words.get(LAYOUT_AT) == LAYOUT;
        return isOurs ? new SlowLog(words) : null;
    }

    /** Takes the number of a request that is to be {@linkplain #put kept}. */
    public long nextId() {
        return words.getAndIncrement(COUNT_AT) + 1;
    }

    /** Keeps a request, in the place of the oldest. Texts that are too long are cut. */
    public void put(SlowRequest request) {
        byte[] bytes = new byte[ENTRY_WORDS * Long.BYTES];
        ByteBuffer entry = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        entry.position(Long.BYTES);
        entry.putLong(request.id()).putLong(request.endMillis()).putLong(request.micros());
        entry.putInt(request.keyBytes());
        put(entry, request.key(), MAX_KEY_BYTES);
        put(entry, request.type().getBytes(UTF_8), MAX_TYPE_BYTES);
        put(entry, request.client().getBytes(UTF_8), MAX_PLACE_BYTES);
        put(entry, request.server().getBytes(UTF_8), MAX_PLACE_BYTES);
        put(entry, request.pool().getBytes(UTF_8), MAX_PLACE_BYTES);
        put(entry, request.failure().getBytes(UTF_8), MAX_FAILURE_BYTES);
        entry.putLong(0, checksum(bytes));
        words.bytes(placeOf(request.id()), ENTRY_WORDS).put(bytes);
    }

    private static void put(ByteBuffer entry, byte[] text, int most) {
        int bytes = Math.min(text.length, most);
        entry.putShort((short) bytes).put(text, 0, bytes);
    }

    /** The {@code most} newest that were not forgotten, or as many as there are, newest first. */
    public List<SlowRequest> newest(int most) {
        List<SlowRequest> newest = new ArrayList<>();
        long last = words.get(COUNT_AT);
        long oldest = last - count() + 1;
        for (long id = last; id >= oldest && newest.size() < most; id--) {
            SlowRequest request = read(id);
            if (request != null) {
                newest.add(request);
            }
        }
        return newest;
    }

    /** How many are kept. */
    public int count() {
        return Math.clamp(words.get(COUNT_AT) - words.get(FORGOTTEN_AT), 0, ENTRIES);
    }

    /** Forgets all of them. */
    public void reset() {
        words.set(FORGOTTEN_AT, words.get(COUNT_AT));
    }

    /**
     * Asks whether the log may have a line for a request; if not, that is counted.
     *
     * @param second the time, in seconds since 1970
     */
    public boolean mayWriteLine(long second) {
        while (true) {
            long seen = words.get(LINES_AT);
            boolean isNew = seen >>> LINE_BITS != second;
            if (!isNew && (seen & ((1 << LINE_BITS) - 1)) >= LINES_PER_SECOND) {
                words.getAndIncrement(LEFT_OUT_AT);
                return false;
            }
            long next = isNew ? second << LINE_BITS | 1 : seen + 1;
            if (words.compareAndSet(LINES_AT, seen, next)) {
                return true;
            }
        }
    }

    /** How many requests have had no line. */
    public long leftOut() {
        return words.get(LEFT_OUT_AT);
    }

    private @Nullable SlowRequest read(long id) {
        byte[] bytes = new byte[ENTRY_WORDS * Long.BYTES];
        words.bytes(placeOf(id), ENTRY_WORDS).get(bytes);
        ByteBuffer entry = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        if (entry.getLong() != checksum(bytes) || entry.getLong() != id) {
            return null;
        }
        long endMillis = entry.getLong();
        long micros = entry.getLong();
        int keyBytes = entry.getInt();
        byte[] key = get(entry);
        String type = text(entry);
        String client = text(entry);
        String server = text(entry);
        String pool = text(entry);
        return new SlowRequest(
                id, endMillis, micros, type, key, keyBytes, client, server, pool, text(entry));
    }

    private static String text(ByteBuffer entry) {
        return new String(get(entry), UTF_8);
    }

    private static byte[] get(ByteBuffer entry) {
        byte[] text = new byte[entry.getShort()];
        entry.get(text);
        return text;
    }

    private static long checksum(byte[] entry) {
        CRC32 sum = new CRC32();
        sum.update(entry, Long.BYTES, entry.length - Long.BYTES);
        return sum.getValue();
    }

    private static int placeOf(long id) {
        return HEADER_WORDS + (int) ((id - 1) % ENTRIES) * ENTRY_WORDS;
    }
}
