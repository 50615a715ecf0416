package io.bilitw.bench.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests that are sent at once on a connection, and the check of their answers. What fails in a
 * way that the connection survives goes to the {@link Tally}.
 */
final class Exchange {

    private final String name;
    private final Dialect dialect;
    private final Wire wire;
    private final OwnKeys keys;
    private final Tally tally;
    private final List<Pending> pending = new ArrayList<>();

    /** Makes one that can be used over and over, by one thread. */
    Exchange(String name, Dialect dialect, Wire wire, OwnKeys keys, Tally tally) {
        this.name = name;
        this.dialect = dialect;
        this.wire = wire;
        this.keys = keys;
        this.tally = tally;
    }

    /** Reads and checks an answer. */
    private interface Answer {
        void read() throws IOException, Refusal, WrongAnswer;
    }

    /**
     * What is to be answered.
     *
     * @param requests how many requests that are
     * @param onRefusal what is unknown then
     */
    private record Pending(String what, int requests, Answer answer, Runnable onRefusal) {}

    /** Adds a request to store a new value of a key. */
    void set(int index, int bytes) {
        dialect.set(wire, keys.key(index), keys.next(index, bytes));
        Answer answer =
                () -> {
                    dialect.stored(wire);
                    keys.acknowledge(index);
                };
        pending.add(new Pending("set", 1, answer, () -> keys.doubt(index)));
    }

    /** Adds requests to store new values of different keys. */
    void setMany(int[] indices, int bytes) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        for (int index : indices) {
            values.put(keys.key(index), keys.next(index, bytes));
        }
        dialect.setMany(wire, values);
        Answer answer =
                () -> {
                    dialect.storedMany(wire);
                    Arrays.stream(indices).forEach(keys::acknowledge);
                };
        Runnable onRefusal = () -> Arrays.stream(indices).forEach(keys::doubt);
        pending.add(new Pending("set of many", 1, answer, onRefusal));
    }

    /** Adds a request for the values of different keys. */
    void get(int... indices) {
        List<String> names = Arrays.stream(indices).mapToObj(keys::key).toList();
        dialect.get(wire, names);
        Answer answer =
                () -> {
                    Map<String, byte[]> values = dialect.values(wire, names);
                    for (int index : indices) {
                        keys.check(index, values.get(keys.key(index)));
                    }
                };
        pending.add(new Pending("get", 1, answer, () -> {}));
    }

    /** Adds a request for a key that is never there. */
    void getNothing() {
        List<String> names = List.of(name + ".nothing");
        dialect.get(wire, names);
        Answer answer =
                () -> {
                    if (!dialect.values(wire, names).isEmpty()) {
                        throw new WrongAnswer(names + " has a value");
                    }
                };
        pending.add(new Pending("get of nothing", 1, answer, () -> {}));
    }

    /** Adds requests that must be refused. */
    void askWrongly() {
        dialect.askWrongly(wire, keys.key(0));
        pending.add(new Pending("wrong request", 2, () -> dialect.refused(wire), () -> {}));
    }

    /** Sends all, and reads the answers. */
    void run() throws IOException, WrongAnswer {
        long sinceNanos = System.nanoTime();
        try {
            wire.send();
            for (Pending each : pending) {
                read(each, sinceNanos);
            }
        } finally {
            pending.clear();
        }
    }

    private void read(Pending each, long sinceNanos) throws IOException, WrongAnswer {
        try {
            each.answer.read();
            tally.answered(each.requests);
        } catch (Refusal e) {
            each.onRefusal.run();
            tally.failed(name, each.what + ": " + e.getMessage(), sinceNanos);
        }
    }
}
