package io.bilitw.testkit;

import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * A client that goes on whatever happens: it connects again when its connection is lost, takes an
 * error for an answer, and holds each value that it reads against what it has written.
 *
 * <p>Only this client writes to its keys. A value carries its key, a counter and as many bytes as
 * the counter says, so neither another's value, nor half a one, nor one that was never written goes
 * unnoticed.
 */
final class ChaosClient implements Runnable {

    private static final int KEYS = 20;
    private static final int PIPELINE = 8;
    private static final int MAX_FAULTS = 20;

    /** A value now and then that does not fit into one read. */
    private static final int LONG_BYTES = 40_000;

    private final String name;
    private final SocketAddress address;
    private final boolean isRedis;
    private final boolean isKept;
    private final Random random;
    private final int[] written = new int[KEYS];
    private final int[] acknowledged = new int[KEYS];
    private final List<Set<Integer>> unknown =
            IntStream.range(0, KEYS).<Set<Integer>>mapToObj(_ -> new HashSet<>()).toList();
    private final List<String> faults = new ArrayList<>();
    private volatile boolean isStopping;
    private final AtomicInteger answersInRow = new AtomicInteger();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong losses = new AtomicLong();

    /**
     * Makes a client.
     *
     * @param isKept whether the servers behind {@code address} forget nothing, so that what they
     *     have acknowledged must be there
     */
    ChaosClient(String name, SocketAddress address, boolean isRedis, boolean isKept, long seed) {
        this.name = name;
        this.address = address;
        this.isRedis = isRedis;
        this.isKept = isKept;
        random = new Random(seed);
    }

    @Override
    public void run() {
        while (!isStopping) {
            CacheClient<?> client;
            try {
                client = isRedis ? RespClient.connect(address) : MemcacheClient.connect(address);
            } catch (UncheckedIOException e) {
                fault("cannot connect: " + e.getCause());
                return;
            }
            serve(client);
        }
    }

    private void serve(CacheClient<?> client) {
        try (client) {
            while (!isStopping) {
                if (random.nextInt(500) == 0) {
                    client.reset();
                    return;
                }
                step(client);
            }
        } catch (UncheckedIOException e) {
            lose();
        } catch (IllegalStateException e) {
            if (String.valueOf(e.getMessage()).startsWith("closed")) {
                lose();
            } else {
                fault(String.valueOf(e.getMessage()));
            }
        } catch (RuntimeException e) { // what came makes no sense
            fault(e.toString());
        }
    }

    private void lose() {
        losses.incrementAndGet();
        answersInRow.set(0);
    }

    private void step(CacheClient<?> client) {
        switch (random.nextInt(4)) {
            case 0 -> readMany(client);
            case 1 -> check(random.nextInt(KEYS), client);
            default -> write(random.nextInt(KEYS), client);
        }
    }

    private void write(int key, CacheClient<?> client) {
        int counter = ++written[key];
        unknown.get(key).add(counter); // until an answer tells
        String value = value(key, counter);
        String request =
                isRedis
                        ? Resp.text(Resp.request("SET", key(key), value))
                        : "set " + key(key) + " 0 0 " + value.length() + "\r\n" + value + "\r\n";
        String answer = text(client.send(request).read());
        if (answer.equals(isRedis ? "+OK\r\n" : "STORED\r\n")) {
            unknown.get(key).remove(counter);
            acknowledged[key] = counter;
            onAnswer();
        } else {
            onError("SET", answer);
        }
    }

    private void check(int key, CacheClient<?> client) {
        client.send(get(key));
        look(key, text(client.read()));
    }

    private void readMany(CacheClient<?> client) {
        int[] keys = random.ints(PIPELINE, 0, KEYS).toArray();
        StringBuilder requests = new StringBuilder();
        for (int key : keys) {
            requests.append(get(key));
        }
        client.send(requests.toString());
        for (int key : keys) {
            look(key, text(client.read()));
        }
    }

    private static String text(Object response) {
        return response instanceof Response resp ? resp.text() : response.toString();
    }

    private String get(int key) {
        return isRedis ? Resp.text(Resp.request("GET", key(key))) : "get " + key(key) + "\r\n";
    }

    private void look(int key, String answer) {
        if (answer.equals(isRedis ? "$-1\r\n" : "END\r\n")) {
            if (isKept && acknowledged[key] > 0) {
                fault(key(key) + " is missing, " + acknowledged[key] + " was acknowledged");
            }
            onAnswer();
            return;
        }
        int counter = counterIn(key, answer);
        if (counter < 1 || counter > written[key] || !answer.equals(found(key, counter))) {
            onError("GET " + key(key), answer);
            return;
        }
        if (isKept && counter < acknowledged[key] && !unknown.get(key).contains(counter)) {
            fault(key(key) + " is " + counter + " after " + acknowledged[key]);
        }
        onAnswer();
    }

    /** The counter that a value of the key carries, 0 if the answer has none. */
    private int counterIn(int key, String answer) {
        String beginning = key(key) + ":";
        int from = answer.indexOf(beginning) + beginning.length();
        int to = answer.indexOf(':', from);
        boolean isThere = from >= beginning.length() && to > from && to - from < 9;
        String digits = isThere ? answer.substring(from, to) : "";
        return digits.matches("\\d+") ? Integer.parseInt(digits) : 0;
    }

    private String found(int key, int counter) {
        String value = value(key, counter);
        return isRedis
                ? "$" + value.length() + "\r\n" + value + "\r\n"
                : "VALUE " + key(key) + " 0 " + value.length() + "\r\n" + value + "\r\nEND\r\n";
    }

    private void onAnswer() {
        answers.incrementAndGet();
        answersInRow.incrementAndGet();
    }

    private void onError(String request, String answer) {
        answersInRow.set(0);
        if (!answer.startsWith(isRedis ? "-ERR " : "SERVER_ERROR ")) {
            fault(request + " got: " + answer.substring(0, Math.min(200, answer.length())));
        }
    }

    private String key(int key) {
        return name + "." + key;
    }

    private String value(int key, int counter) {
        int bytes = counter % 50 == 0 ? LONG_BYTES : counter * 37 % 200;
        return key(key) + ":" + counter + ":" + "x".repeat(bytes);
    }

    private synchronized void fault(String sentence) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(name + ": " + sentence);
        }
    }

    /** What it has seen that may not be. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** Right answers since the last error or loss. */
    int answersInRow() {
        return answersInRow.get();
    }

    /** Begins to count them anew. */
    void countAnew() {
        answersInRow.set(0);
    }

    /** How many answers were right. */
    long answers() {
        return answers.get();
    }

    /** How many connections it has lost. */
    long losses() {
        return losses.get();
    }

    /** Ends after what it is doing. */
    void stop() {
        isStopping = true;
    }
}
