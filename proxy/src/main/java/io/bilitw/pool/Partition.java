package io.bilitw.pool;

import io.bilitw.protocol.RequestParser;
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
 */
final class Partition {

    private final int[] fragmentOf;
    private final int[] keysByFragment;
    private final int[] firstOf; // by fragment, and one more for the end
    private final int[] serverOf; // by fragment

    private Partition(int[] fragmentOf, int[] fragmentsOn) {
        this.fragmentOf = fragmentOf;
        int count = 0;
        for (int on : fragmentsOn) {
            count += on;
        }
        serverOf = new int[count];
        int fragment = 0;
        for (int server = 0; server < fragmentsOn.length; server++) {
            for (int i = 0; i < fragmentsOn[server]; i++) {
                serverOf[fragment++] = server;
            }
        }
        firstOf = new int[count + 1];
        for (int of : fragmentOf) {
            firstOf[of + 1]++;
        }
        for (int i = 0; i < count; i++) {
            firstOf[i + 1] += firstOf[i];
        }
        int[] next = Arrays.copyOf(firstOf, count);
        keysByFragment = new int[fragmentOf.length];
        for (int key = 0; key < fragmentOf.length; key++) {
            keysByFragment[next[fragmentOf[key]]++] = key;
        }
    }

    /**
     * Deals out the keys of {@code request}.
     *
     * @param serverOf the server of each key
     * @param servers how many servers there are
     * @param maxPartBytes what the parts of a fragment may have together, in bytes
     */
    static Partition of(RequestParser request, int[] serverOf, int servers, int maxPartBytes) {
        boolean isLimited = maxPartBytes < Integer.MAX_VALUE;
        int[] fragmentsOn = new int[servers];
        int[] lastBytes = new int[servers];
        int[] fragmentOf = new int[serverOf.length];
        for (int key = 0; key < serverOf.length; key++) {
            int server = serverOf[key];
            int bytes = isLimited ? request.partTo(key) - request.partFrom(key) : 0;
            if (fragmentsOn[server] == 0 || bytes > maxPartBytes - lastBytes[server]) {
                fragmentsOn[server]++;
                lastBytes[server] = 0;
            }
            lastBytes[server] += bytes;
            fragmentOf[key] = fragmentsOn[server] - 1;
        }
        int[] before = new int[servers];
        for (int server = 1; server < servers; server++) {
            before[server] = before[server - 1] + fragmentsOn[server - 1];
        }
        for (int key = 0; key < fragmentOf.length; key++) {
            fragmentOf[key] += before[serverOf[key]];
        }
        return new Partition(fragmentOf, fragmentsOn);
    }

    /** How many fragments there are. */
    int count() {
        return serverOf.length;
    }

    /** The server that fragment {@code fragment} goes to. */
    int serverOf(int fragment) {
        return serverOf[fragment];
    }

    /** How many keys go with fragment {@code fragment}. */
    int keyCount(int fragment) {
        return firstOf[fragment + 1] - firstOf[fragment];
    }

    /** Key number {@code index} of fragment {@code fragment}. */
    int key(int fragment, int index) {
        return keysByFragment[firstOf[fragment] + index];
    }

    /** The fragment of each key; only lent. */
    int[] fragmentOf() {
        return fragmentOf;
    }
}
