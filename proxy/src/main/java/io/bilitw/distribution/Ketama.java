package io.bilitw.distribution;

import io.bilitw.hash.Md5;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The continuum of twemproxy's {@code nc_ketama.c}: a ring of points, each owned by a server, on
 * which a hash belongs to the first point at or after it.
 *
 * <p>A server of average weight has about 160 points. How many exactly is decided by C's arithmetic
 * in single precision, which is copied here operation by operation, because one point more or less
 * would move keys to another server. Hence 25 servers of equal weight have 156 points each, and a
 * server of weight 1 beside one of 100000 has none.
 */
final class Ketama implements Distribution {

    private static final int POINTS_PER_SERVER = 160;
    private static final int SPARE_SERVERS = 10; // C's continuum has room for so many more

    /** Four times as many buckets as there need be. */
    private static final int SPARE_BUCKET_BITS = 2;

    private final int[] points; // ascending as unsigned, then the largest value as a stop
    private final int[] owners; // server index of each point; at the stop, that of the first
    private final int[] buckets; // by the hash's top bits: the first point not below the bucket
    private final int bucketShift;

    private Ketama(int[] points, int[] owners, int bucketBits) {
        this.points = points;
        this.owners = owners;
        this.bucketShift = Integer.SIZE - bucketBits;
        this.buckets = newBuckets(points, bucketBits);
    }

    static Ketama over(List<LiveServer> live) {
        return ofSorted(sortedPoints(live, digestsPerServer(live)));
    }

    /**
     * Finds the owner by a jump into the bucket of the hash and a short scan.
     *
     * <p>There are at least four times as many buckets as points, and MD5 spreads the points
     * evenly, so the scan nearly always ends where it begins, which the processor foresees; of a
     * binary search's ten steps it guesses every other one wrong.
     */
    @Override
    public int serverIndex(int hash) {
        return owners[numberOf(hash)];
    }

    @Override
    public String describe(int hash) {
        int number = numberOf(hash);
        return number < pointCount()
                ? "point " + point(number)
                : "point " + point(0) + " (past the end)";
    }

    /** The number of the point that {@code hash} belongs to; at the stop, that of the stop. */
    private int numberOf(int hash) {
        int at = buckets[hash >>> bucketShift];
        while (Integer.compareUnsigned(points[at], hash) < 0) {
            at++;
        }
        return at;
    }

    int pointCount() {
        return points.length - 1;
    }

    /** Point {@code number} in ascending order, unsigned. */
    long point(int number) {
        return Integer.toUnsignedLong(points[number]);
    }

    /** The server index that owns point {@code number}. */
    int owner(int number) {
        return owners[number];
    }

    /**
     * How many digests, of four points each, every server gets.
     *
     * <p>C adds up the weights in 32 bits. Where the sum wraps, shares come out too large; that is
     * kept as long as the points fit into the memory C takes for them, and beyond that, where C
     * writes past its end, the true sum is used.
     */
    private static int[] digestsPerServer(List<LiveServer> live) {
        long totalWeight = live.stream().mapToLong(LiveServer::weight).sum();
        long room = (long) (live.size() + SPARE_SERVERS) * POINTS_PER_SERVER / Md5.WORDS;
        int[] digests = digestsPerServer(live, totalWeight & 0xFFFF_FFFFL);
        return Arrays.stream(digests).asLongStream().sum() <= room
                ? digests
                : digestsPerServer(live, totalWeight);
    }

    private static int[] digestsPerServer(List<LiveServer> live, long totalWeight) {
        return live.stream()
                .mapToInt(server -> digestCount(server.weight(), totalWeight, live.size()))
                .toArray();
    }

    /** Rounds to a {@code float} at every step where C does; infinity becomes the largest int. */
    private static int digestCount(int weight, long totalWeight, int liveServers) {
        float share = (float) weight / (float) totalWeight;
        float digests = share * POINTS_PER_SERVER / Md5.WORDS * (float) liveServers;
        return (int) Math.floor((float) (digests + 0.0000000001));
    }

    /**
     * Makes every point of every server, ascending.
     *
     * <p>A point is one {@code long}: its value above, its owner below. Sorting those puts equal
     * points in the order of their servers, as C's stable sort does. The value's top bit is turned
     * over, which makes the signed order of the sort the unsigned one.
     */
    private static long[] sortedPoints(List<LiveServer> live, int[] digests) {
        long[] sorted = new long[Arrays.stream(digests).sum() * Md5.WORDS];
        Md5 md5 = new Md5();
        int size = 0;
        for (int i = 0; i < digests.length; i++) {
            LiveServer server = live.get(i);
            for (int number = 0; number < digests[i]; number++) {
                md5.digest((server.name() + '-' + number).getBytes(StandardCharsets.UTF_8));
                for (int word = 0; word < Md5.WORDS; word++) {
                    int value = md5.word(word) ^ Integer.MIN_VALUE;
                    sorted[size++] = (long) value << 32 | server.index();
                }
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }

    private static Ketama ofSorted(long[] sorted) {
        int[] points = new int[sorted.length + 1];
        int[] owners = new int[sorted.length + 1];
        for (int i = 0; i < sorted.length; i++) {
            points[i] = (int) (sorted[i] >> 32) ^ Integer.MIN_VALUE;
            owners[i] = (int) sorted[i];
        }
        points[sorted.length] = -1; // no hash is larger, so this is where every scan ends
        owners[sorted.length] = owners[0];
        return new Ketama(points, owners, bitsFor(sorted.length) + SPARE_BUCKET_BITS);
    }

    /** The number of bits that tell {@code count} things, at least two, apart. */
    private static int bitsFor(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    }

    private static int[] newBuckets(int[] points, int bucketBits) {
        int[] buckets = new int[1 << bucketBits];
        int at = 0;
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            while (points[at] >>> (Integer.SIZE - bucketBits) < bucket) {
                at++;
            }
            buckets[bucket] = at;
        }
        return buckets;
    }
}
