package io.bilitw.bench.load;

/**
 * The command that the load generator sends.
 *
 * @param stores whether it writes its keys, rather than reads
 * @param keys how many keys one request has
 */
record LoadCommand(boolean stores, int keys) {

    static final LoadCommand SET = new LoadCommand(true, 1);

    private static final int MAX_KEYS = 1000;

    /**
     * Reads the value of {@code --command}.
     *
     * @throws LoadException when there is no such command
     */
    static LoadCommand parse(String written) throws LoadException {
        boolean stores = written.equals("set") || written.startsWith("mset:");
        if (written.equals("get") || written.equals("set")) {
            return new LoadCommand(stores, 1);
        }
        int keys =
                written.matches("m[gs]et:\\d{1,4}")
                        ? Integer.parseInt(written, 5, written.length(), 10)
                        : 0;
        if (keys < 1 || keys > MAX_KEYS) {
            throw new LoadException(
                    "--command is get, set, mget:N or mset:N with N from 1 to "
                            + MAX_KEYS
                            + ", not "
                            + written
                            + ".");
        }
        return new LoadCommand(stores, keys);
    }
}
