package io.bilitw.protocol;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Requests in the order in which they are answered. The memory of a queue that was long once is not
 * kept for ever. Event-loop confined.
 */
public final class RequestQueue implements Iterable<Request> {

    private static final int FIRST_CAPACITY = 4;

    private final int keptLength;
    private ArrayDeque<Request> requests = new ArrayDeque<>(FIRST_CAPACITY);
    private int longest;

    /** Makes a queue that keeps its memory as long as it has had at most {@code keptLength}. */
    public RequestQueue(int keptLength) {
        this.keptLength = keptLength;
    }

    /** Adds the youngest. */
    public void add(Request request) {
        requests.addLast(request);
        longest = Math.max(longest, requests.size());
    }

    /** The oldest; null if there is none. */
    public @Nullable Request first() {
        return requests.peekFirst();
    }

    /** Takes the oldest away; null if there is none. */
    public @Nullable Request takeFirst() {
        Request first = requests.pollFirst();
        if (longest > keptLength && requests.isEmpty()) {
            requests = new ArrayDeque<>(FIRST_CAPACITY);
            longest = 0;
        }
        return first;
    }

    /** How many there are. */
    public int size() {
        return requests.size();
    }

    /** Tells whether there is none. */
    public boolean isEmpty() {
        return requests.isEmpty();
    }

    /** From the oldest to the youngest. */
    @Override
    public Iterator<Request> iterator() {
        return requests.iterator();
    }
}
