package io.bilitw.bench.load;

import java.util.EnumMap;
import java.util.Map;

/**
 * What the command line of the load generator asks for, with its defaults filled in.
 *
 * @param fills whether every key is set once, in order, instead of random ones
 */
public record LoadOptions(
        LoadProtocol protocol,
        int port,
        int clients,
        int requests,
        int pipeline,
        int valueBytes,
        int keys,
        int rate,
        int millis,
        int seconds,
        int seed,
        LoadCommand command,
        boolean fills) {

    private static final long MAX_BYTES_OF_ALL_CLIENTS = 64 << 20;

    /**
     * Reads the command line.
     *
     * @throws LoadException at the first fault
     */
    public static LoadOptions parse(String... words) throws LoadException {
        Map<LoadOption, String> given = given(words);
        boolean fills = given.containsKey(LoadOption.FILL);
        if (fills
                && (given.containsKey(LoadOption.COMMAND)
                        || given.containsKey(LoadOption.REQUESTS))) {
            throw new LoadException(
                    "--fill sets every key once, so leave out --command and --requests.");
        }
        int keys = LoadOption.KEYS.number(given);
        LoadOptions options =
                new LoadOptions(
                        LoadProtocol.parse(LoadOption.PROTOCOL.text(given)),
                        LoadOption.PORT.number(given),
                        LoadOption.CLIENTS.number(given),
                        fills ? keys : LoadOption.REQUESTS.number(given),
                        LoadOption.PIPELINE.number(given),
                        LoadOption.BYTES.number(given),
                        keys,
                        LoadOption.RATE.number(given),
                        LoadOption.MILLIS.number(given),
                        LoadOption.SECONDS.number(given),
                        LoadOption.SEED.number(given),
                        fills ? LoadCommand.SET : LoadCommand.parse(LoadOption.COMMAND.text(given)),
                        fills);
        options.checkProtocol();
        options.checkMemory();
        return options;
    }

    private static Map<LoadOption, String> given(String... words) throws LoadException {
        Map<LoadOption, String> given = new EnumMap<>(LoadOption.class);
        for (int i = 0; i < words.length; i++) {
            LoadOption option = LoadOption.written(words[i]);
            if (option.takesValue() && ++i == words.length) {
                throw new LoadException(option.form() + " wants a value behind it.");
            }
            given.put(option, option.takesValue() ? words[i] : "");
        }
        return given;
    }

    private void checkProtocol() throws LoadException {
        if (protocol == LoadProtocol.MEMCACHED && command.stores() && command.keys() > 1) {
            throw new LoadException("memcached has no set of several keys, so leave out mset.");
        }
    }

    /**
     * Refuses what would not fit the memory, as each client keeps the requests it sends at once.
     */
    private void checkMemory() throws LoadException {
        long bytes = (long) clients * pipeline * protocol.layOut(command, valueBytes).length();
        if (bytes > MAX_BYTES_OF_ALL_CLIENTS) {
            throw new LoadException(
                    "The clients would send "
                            + bytes
                            + " bytes at once, more than "
                            + MAX_BYTES_OF_ALL_CLIENTS
                            + ": take fewer clients, a shorter pipeline or smaller values.");
        }
    }
}
