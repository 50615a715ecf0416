package io.bilitw.bench.soak;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** GET, SET, MGET and MSET. */
final class RedisDialect implements Dialect {

    @Override
    public void get(Wire wire, List<String> keys) {
        begin(wire, keys.size() == 1 ? "GET" : "MGET", keys.size());
        keys.forEach(key -> addText(wire, key));
    }

    @Override
    public Map<String, byte[]> values(Wire wire, List<String> keys)
            throws IOException, Refusal, WrongAnswer {
        if (keys.size() > 1) {
            String line = wire.line();
            expect(line.equals("*" + keys.size()), line);
        }
        Map<String, byte[]> values = new HashMap<>();
        for (String key : keys) {
            String line = wire.line();
            expect(line.startsWith("$"), line);
            if (!line.equals("$-1")) {
                values.put(key, wire.bytes(Dialect.number(line.substring(1))));
            }
        }
        return values;
    }

    @Override
    public void set(Wire wire, String key, byte[] value) {
        begin(wire, "SET", 2);
        addText(wire, key);
        addBytes(wire, value);
    }

    @Override
    public void stored(Wire wire) throws IOException, Refusal, WrongAnswer {
        String line = wire.line();
        expect(line.equals("+OK"), line);
    }

    @Override
    public void setMany(Wire wire, Map<String, byte[]> values) {
        begin(wire, "MSET", 2 * values.size());
        values.forEach((key, value) -> {
            addText(wire, key);
            addBytes(wire, value);
        });
    }

    @Override
    public void storedMany(Wire wire) throws IOException, Refusal, WrongAnswer {
        stored(wire);
    }

    @Override
    public void askWrongly(Wire wire, String key) {
        begin(wire, "GETRANGE", 3);
        addText(wire, key);
        addText(wire, "one");
        addText(wire, "two");
        begin(wire, "NONSENSE", 0);
    }

    @Override
    public void refused(Wire wire) throws IOException, Refusal, WrongAnswer {
        String byServer = wire.line();
        String byProxy = wire.line();
        expect(byServer.startsWith("-ERR value is not an integer"), byServer);
        expect(byProxy.startsWith("-ERR unknown command"), byProxy);
    }

    @Override
    public boolean isRefusal(String line) {
        return line.startsWith("-");
    }

    private static void begin(Wire wire, String name, int arguments) {
        wire.add("*" + (1 + arguments) + "\r\n");
        addText(wire, name);
    }

    private static void addText(Wire wire, String text) {
        wire.add("$" + text.length() + "\r\n" + text + "\r\n");
    }

    private static void addBytes(Wire wire, byte[] bytes) {
        wire.add("$" + bytes.length + "\r\n");
        wire.add(bytes);
        wire.add("\r\n");
    }
}
