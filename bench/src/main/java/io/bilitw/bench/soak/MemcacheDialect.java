package io.bilitw.bench.soak;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** get of one key, gets of several, set with and without an answer. */
final class MemcacheDialect implements Dialect {

    private static final int MIN_WORDS = 4; // of a line before a value: VALUE key flags bytes

    @Override
    public void get(Wire wire, List<String> keys) {
        wire.add((keys.size() == 1 ? "get " : "gets ") + String.join(" ", keys) + "\r\n");
    }

    @Override
    public Map<String, byte[]> values(Wire wire, List<String> keys)
            throws IOException, Refusal, WrongAnswer {
        Map<String, byte[]> values = new HashMap<>();
        for (String line = wire.line(); !line.equals("END"); line = wire.line()) {
            String[] words = line.split(" ", -1);
            expect(words[0].equals("VALUE") && words.length >= MIN_WORDS, line);
            byte[] value = wire.bytes(Dialect.number(words[3]));
            expect(keys.contains(words[1]) && values.put(words[1], value) == null, line);
        }
        return values;
    }

    @Override
    public void set(Wire wire, String key, byte[] value) {
        add(wire, key, value, "");
    }

    @Override
    public void stored(Wire wire) throws IOException, Refusal, WrongAnswer {
        String line = wire.line();
        expect(line.equals("STORED"), line);
    }

    @Override
    public void setMany(Wire wire, Map<String, byte[]> values) {
        values.forEach((key, value) -> add(wire, key, value, " noreply"));
    }

    @Override
    public void storedMany(Wire wire) {
        // There is no answer; what is read next behind it shows that they are stored.
    }

    @Override
    public void askWrongly(Wire wire, String key) {
        wire.add("incr " + key + " nothing\r\nnonsense\r\n");
    }

    @Override
    public void refused(Wire wire) throws IOException, Refusal, WrongAnswer {
        String byServer = wire.line();
        String byProxy = wire.line();
        expect(byServer.startsWith("CLIENT_ERROR "), byServer);
        expect(byProxy.equals("ERROR"), byProxy);
    }

    @Override
    public boolean isRefusal(String line) {
        return line.startsWith("SERVER_ERROR ");
    }

    private static void add(Wire wire, String key, byte[] value, String ending) {
        wire.add("set " + key + " 0 0 " + value.length + ending + "\r\n");
        wire.add(value);
        wire.add("\r\n");
    }
}
