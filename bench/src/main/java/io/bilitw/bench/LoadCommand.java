package io.bilitw.bench;

/**
 * The command that the load generator sends.
 *
 * @param stores whether it writes its one key, rather than reads
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
        return switch (written) {
            case "get" -> new LoadCommand(false, 1);
            case "set" -> SET;
            default -> {
                int keys =
                        written.matches("mget:\\d{1,4}")
                                ? Integer.parseInt(written, 5, written.length(), 10)
                                : 0;
                if (keys < 1 || keys > MAX_KEYS) {
                    throw new LoadException(
                            "--command is get, set or mget:N with N from 1 to "
                                    + MAX_KEYS
                                    + ", not "
                                    + written
                                    + ".");
                }
                yield new LoadCommand(false, keys);
            }
        };
    }
}
