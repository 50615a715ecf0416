package io.bilitw.bench.soak;

import io.bilitw.bench.load.LoadProtocol;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * How a protocol says what the clients want. What is asked is added to the {@link Wire}, to be sent
 * later; answers are read in the same order. Reading throws a {@link Refusal} when an error came in
 * place of the answer, and a {@link WrongAnswer} when what came is none at all.
 */
interface Dialect {

    /** Returns the one of a protocol. */
    static Dialect of(LoadProtocol protocol) {
        return switch (protocol) {
            case REDIS -> new RedisDialect();
            case MEMCACHED -> new MemcacheDialect();
        };
    }

    /** Asks for the values of some keys, all different. */
    void get(Wire wire, List<String> keys);

    /** Reads the answer to {@link #get}: the values of those keys that have one. */
    Map<String, byte[]> values(Wire wire, List<String> keys)
            throws IOException, Refusal, WrongAnswer;

    /** Asks to store a value. */
    void set(Wire wire, String key, byte[] value);

    /** Reads the answer to {@link #set}. */
    void stored(Wire wire) throws IOException, Refusal, WrongAnswer;

    /** Asks to store some values in one request, or with no answer to each. */
    void setMany(Wire wire, Map<String, byte[]> values);

    /** Reads the answer to {@link #setMany}, if there is one. */
    void storedMany(Wire wire) throws IOException, Refusal, WrongAnswer;

    /** Asks what the server must refuse, and what the proxy must: two requests. */
    void askWrongly(Wire wire, String key);

    /** Reads the answers to {@link #askWrongly}. */
    void refused(Wire wire) throws IOException, Refusal, WrongAnswer;

    /** Tells whether a line is the error of a server or proxy that cannot do what is right. */
    boolean isRefusal(String line);

    /** Throws what a line means that is not the right one. */
    default void expect(boolean isRight, String line) throws Refusal, WrongAnswer {
        if (!isRight && isRefusal(line)) {
            throw new Refusal(line);
        }
        if (!isRight) {
            throw new WrongAnswer("answered with " + line);
        }
    }

    /** Reads a number in a line of the peer's. */
    static int number(String text) throws WrongAnswer {
        if (!text.matches("\\d{1,8}")) {
            throw new WrongAnswer(text + " stands in place of a number");
        }
        return Integer.parseInt(text);
    }
}
