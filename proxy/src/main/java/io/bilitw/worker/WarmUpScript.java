package io.bilitw.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the clients of the {@link WarmUp} say and what they must hear: reads and writes of one key,
 * alone and in pipelines, of many keys, of a long value and of none.
 */
final class WarmUpScript {

    /**
     * Requests that are sent at once.
     *
     * @param requests their bytes
     * @param responses what must come back
     * @param count how many there are
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and written by nobody
    record Batch(byte[] requests, byte[] responses, int count) {}

    private static final String SHORT_VALUE = "v".repeat(32);
    private static final String LONG_VALUE = "V".repeat(20 * 1024);
    private static final String MISSING = "missing";
    private static final String LONG = "long";
    private static final int PIPELINE = 16;

    /** Keys unlike each other, so that each server has some of them. */
    private static final List<String> KEYS =
            IntStream.range(0, PIPELINE).mapToObj(i -> "k" + i * 0x9E3779B9).toList();

    private final List<Batch> batches = new ArrayList<>();
    private final StringBuilder requests = new StringBuilder();
    private final StringBuilder responses = new StringBuilder();
    private int count;

    private WarmUpScript() {}

    /** What the servers keep under {@code key}; empty if that is nothing. */
    static String value(String key) {
        return switch (key) {
            case MISSING -> "";
            case LONG -> LONG_VALUE;
            default -> SHORT_VALUE;
        };
    }

    /** The batches of a redis client. */
    static List<Batch> redis() {
        WarmUpScript script = new WarmUpScript();
        for (String key : KEYS) {
            script.say(array("GET", key), bulk(key)).send();
            script.say(array("SET", key, SHORT_VALUE), "+OK\r\n").send();
        }
        KEYS.forEach(key -> script.say(array("GET", key), bulk(key)));
        script.send();
        KEYS.forEach(key -> script.say(array("SET", key, SHORT_VALUE), "+OK\r\n"));
        script.send();
        String values = KEYS.stream().map(WarmUpScript::bulk).collect(Collectors.joining());
        script.say(array("MGET", KEYS), "*" + KEYS.size() + "\r\n" + values).send();
        script.say(array("DEL", KEYS), ":" + KEYS.size() + "\r\n").send();
        script.say(array("PING"), "+PONG\r\n").send();
        script.say(array("GET", MISSING), bulk(MISSING));
        script.say(array("GET", LONG), bulk(LONG));
        script.say(array("SET", LONG, LONG_VALUE), "+OK\r\n").send();
        return script.batches;
    }

    /** The batches of a memcached client. */
    static List<Batch> memcache() {
        WarmUpScript script = new WarmUpScript();
        for (String key : KEYS) {
            script.say("get " + key + "\r\n", item(key) + "END\r\n").send();
            script.say(set(key), "STORED\r\n").send();
        }
        KEYS.forEach(key -> script.say("get " + key + "\r\n", item(key) + "END\r\n"));
        script.send();
        KEYS.forEach(key -> script.say(set(key), "STORED\r\n"));
        script.send();
        String items = KEYS.stream().map(WarmUpScript::item).collect(Collectors.joining());
        script.say("get " + String.join(" ", KEYS) + "\r\n", items + "END\r\n").send();
        script.say("get " + MISSING + "\r\n", "END\r\n");
        script.say("get " + LONG + "\r\n", item(LONG) + "END\r\n");
        script.say(set(LONG), "STORED\r\n").send();
        return script.batches;
    }

    /** A redis server's answer to a GET, and its part of the one to an MGET. */
    static String bulk(String key) {
        String value = value(key);
        return value.isEmpty() ? "$-1\r\n" : "$" + value.length() + "\r\n" + value + "\r\n";
    }

    /** A memcached server's answer to a get of one key, but for the end. */
    static String item(String key) {
        String value = value(key);
        return value.isEmpty()
                ? ""
                : "VALUE " + key + " 0 " + value.length() + "\r\n" + value + "\r\n";
    }

    private static String set(String key) {
        String value = value(key);
        return "set " + key + " 0 0 " + value.length() + "\r\n" + value + "\r\n";
    }

    private static String array(String name, List<String> keys) {
        List<String> words = new ArrayList<>(List.of(name));
        words.addAll(keys);
        return array(words.toArray(String[]::new));
    }

    private static String array(String... words) {
        StringBuilder array = new StringBuilder("*").append(words.length).append("\r\n");
        for (String word : words) {
            array.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return array.toString();
    }

    /** Adds a request to the batch that is being made. */
    private WarmUpScript say(String request, String response) {
        requests.append(request);
        responses.append(response);
        count++;
        return this;
    }

    /** Ends that batch. */
    private void send() {
        byte[] sent = requests.toString().getBytes(US_ASCII);
        batches.add(new Batch(sent, responses.toString().getBytes(US_ASCII), count));
        requests.setLength(0);
        responses.setLength(0);
        count = 0;
    }
}
