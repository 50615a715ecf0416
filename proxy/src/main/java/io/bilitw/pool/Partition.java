package io.bilitw.pool;

import java.util.Arrays;

/**
 * How the keys of one request are dealt out to fragments. The fragments are in ascending order of
 * their servers, as in twemproxy, and the keys of each in the order of the request.
 *
 * <pre>
 *   key        0 1 2 3 4       two fragments, as server 2 has no key
 *   server     3 1 3 3 1
 *   fragment   1 0 1 1 0       keys by fragment: 1 4 | 0 2 3
 * </pre>
 *
 * <p>A server has more than one fragment when its parts are longer than it takes at once.
 *
 * <p>One object serves all requests of a pool, one after the other: {@link #begin}, then {@link
 * #add} for each key, then {@link #end}, after which the others may be asked. Event-loop confined.
 */
final class Partition {

    /** Room for so many keys is kept for later requests. */
    private static final int MAX_KEPT_KEYS = 16_384;

    private static final int NONE = -1;

    // By server.
    private final int[] fragmentsOn;
    private final int[] openFragment; // in the order of their making, like all until the end
    private final int[] bytesOfOpen;

    // By key; to the end, fragments are counted in the order of their making.
    private int[] fragmentOf = {};
    private int[] keysByFragment = {};

    // By fragment, of which there are as many as keys at most.
    private int[] madeFor = {}; // its server; later, its place in the order of servers
    private int[] keysOf = {};
    private int[] serverOf = {};
    private int[] endOf = {}; // in keysByFragment

    private int maxPartBytes;
    private int keys;
    private int count;

    /** Deals keys out to so many servers. */
    Partition(int servers) {
        fragmentsOn = new int[servers];
        openFragment = new int[servers];
        bytesOfOpen = new int[servers];
    }

    /**
     * Begins with a request.
     *
     * @param maxKeys how many keys will be added at most
     * @param maxPartBytes what the parts of a fragment may have together, in bytes
     */
    void begin(int maxKeys, int maxPartBytes) {
        this.maxPartBytes = maxPartBytes;
        keys = 0;
        count = 0;
        Arrays.fill(fragmentsOn, 0);
        Arrays.fill(openFragment, NONE);
        int room = fragmentOf.length;
        if (maxKeys > room || room > MAX_KEPT_KEYS) {
            makeRoom(Math.max(maxKeys, Math.min(2 * room, MAX_KEPT_KEYS)));
        }
    }

    private void makeRoom(int maxKeys) {
        fragmentOf = new int[maxKeys];
        keysByFragment = new int[maxKeys];
        madeFor = new int[maxKeys];
        keysOf = new int[maxKeys];
        serverOf = new int[maxKeys];
        endOf = new int[maxKeys];
    }

    /** Adds the next key, whose part has {@code bytes} bytes, to what {@code server} gets. */
    void add(int server, int bytes) {
        int fragment = openFragment[server];
        if (fragment == NONE || bytes > maxPartBytes - bytesOfOpen[server]) {
            fragment = count++;
            openFragment[server] = fragment;
            bytesOfOpen[server] = 0;
            fragmentsOn[server]++;
            madeFor[fragment] = server;
            keysOf[fragment] = 0;
        }
        bytesOfOpen[server] += bytes;
        keysOf[fragment]++;
        fragmentOf[keys++] = fragment;
    }

    /** Puts fragments and keys in order. */
    void end() {
        int before = 0;
        for (int server = 0; server < fragmentsOn.length; server++) {
            int on = fragmentsOn[server];
            fragmentsOn[server] = before; // from now on, the number of the server's next one
            before += on;
        }
        for (int made = 0; made < count; made++) {
            int server = madeFor[made];
            int fragment = fragmentsOn[server]++;
            madeFor[made] = fragment;
            serverOf[fragment] = server;
            endOf[fragment] = keysOf[made];
        }
        int first = 0;
        for (int fragment = 0; fragment < count; fragment++) {
            int size = endOf[fragment];
            endOf[fragment] = first; // moved on by each of its keys
            first += size;
        }
        for (int key = 0; key < keys; key++) {
            int fragment = madeFor[fragmentOf[key]];
            fragmentOf[key] = fragment;
            keysByFragment[endOf[fragment]++] = key;
        }
    }

    /** How many fragments there are. */
    int count() {
        return count;
    }

    /** The server that fragment {@code fragment} goes to. */
    int serverOf(int fragment) {
        return serverOf[fragment];
    }

    /** How many keys go with fragment {@code fragment}. */
    int keyCount(int fragment) {
        return endOf[fragment] - first(fragment);
    }

    /** Key number {@code index} of fragment {@code fragment}. */
    int key(int fragment, int index) {
        return keysByFragment[first(fragment) + index];
    }

    private int first(int fragment) {
        return fragment == 0 ? 0 : endOf[fragment - 1];
    }

    /** Returns the fragment of each key, for the caller to keep. */
    int[] fragmentOf() {
        return Arrays.copyOf(fragmentOf, keys);
    }
}
