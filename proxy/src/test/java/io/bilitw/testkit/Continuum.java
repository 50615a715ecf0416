package io.bilitw.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ketama over fnv1a_64 once more, straight from its description and without a line of the
 * program's, so that figures can be counted independently. For weights that need no rounding.
 */
public final class Continuum {

    private static final int DIGESTS_PER_SERVER = 40;
    private static final int WORDS = 4;

    private final TreeMap<Long, String> owners = new TreeMap<>();

    /** Makes the ring of servers by name and weight. */
    public Continuum(Map<String, Integer> weights) {
        int total = weights.values().stream().mapToInt(Integer::intValue).sum();
        weights.forEach((name, weight) -> {
            int digests = weight * DIGESTS_PER_SERVER * weights.size();
            if (digests % total != 0) {
                throw new IllegalArgumentException(weights + " (expected: whole digests)");
            }
            for (int digest = 0; digest < digests / total; digest++) {
                ByteBuffer words = md5(name + "-" + digest);
                for (int word = 0; word < WORDS; word++) {
                    owners.put(Integer.toUnsignedLong(words.getInt()), name);
                }
            }
        });
    }

    /** The name of the server that owns {@code key}. */
    public String ownerOf(String key) {
        Map.Entry<Long, String> point = owners.ceilingEntry(Integer.toUnsignedLong(hash(key)));
        return (point == null ? owners.firstEntry() : point).getValue();
    }

    private static int hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (byte one : key.getBytes(UTF_8)) {
            hash = (hash ^ one) * 0x100000001b3L;
        }
        return (int) hash;
    }

    private static ByteBuffer md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
            return ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
