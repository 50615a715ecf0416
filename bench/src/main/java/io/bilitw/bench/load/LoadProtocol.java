package io.bilitw.bench.load;

import java.util.Locale;

/** A wire protocol: how its requests are written, and how its responses are read. */
public enum LoadProtocol {
    REDIS {
        @Override
        String layOut(LoadCommand command, int valueBytes) {
            boolean many = command.keys() > 1;
            int words = 1 + command.keys() * (command.stores() ? 2 : 1);
            String name = (many ? "M" : "") + (command.stores() ? "SET" : "GET");
            String key = bulk(RequestBatch.KEY);
            String entry = command.stores() ? key + bulk(value(valueBytes)) : key;
            return "*" + words + "\r\n" + bulk(name) + entry.repeat(command.keys());
        }

        @Override
        ResponseScanner scanner(RequestBatch batch, LoadCommand command, int valueBytes) {
            return new RedisScanner(batch, command, valueBytes);
        }

        private static String bulk(String text) {
            return "$" + text.length() + "\r\n" + text + "\r\n";
        }
    },
    MEMCACHED {
        @Override
        String layOut(LoadCommand command, int valueBytes) {
            String key = " " + RequestBatch.KEY;
            return command.stores()
                    ? "set" + key + " 0 0 " + valueBytes + "\r\n" + value(valueBytes) + "\r\n"
                    : "get" + key.repeat(command.keys()) + "\r\n";
        }

        @Override
        ResponseScanner scanner(RequestBatch batch, LoadCommand command, int valueBytes) {
            return new MemcacheScanner(batch, command, valueBytes);
        }
    };

    private static final String VALUE_DIGITS = "00000000";

    /**
     * Reads the value of {@code --protocol}.
     *
     * @throws LoadException when there is no such protocol
     */
    static LoadProtocol parse(String written) throws LoadException {
        return switch (written) {
            case "redis" -> REDIS;
            case "memcached" -> MEMCACHED;
            default ->
                    throw new LoadException(
                            "--protocol is redis or memcached, not " + written + ".");
        };
    }

    /** Returns the bytes of a request whose keys are all {@link RequestBatch#KEY}. */
    abstract String layOut(LoadCommand command, int valueBytes);

    /** Returns what reads the responses to a batch. */
    abstract ResponseScanner scanner(RequestBatch batch, LoadCommand command, int valueBytes);

    /** Returns a value that begins with room for the digits of its key, if it is long enough. */
    static String value(int bytes) {
        return bytes < VALUE_DIGITS.length()
                ? "x".repeat(bytes)
                : VALUE_DIGITS + "x".repeat(bytes - VALUE_DIGITS.length());
    }

    /** Returns whether a value of this length begins with the digits of its key. */
    static boolean valueNamesKey(int bytes) {
        return bytes >= VALUE_DIGITS.length();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
