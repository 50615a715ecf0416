package io.bilitw;

/** What stands behind an option on the command line. */
enum Argument {
    NONE("", ""),
    OPTIONAL_FILE("[=FILE]", "a file name"),
    NUMBER("=N", "a number"),
    FILE("=S", "a file name"),
    STRING("=S", "a string");

    private final String label;
    private final String noun;

    Argument(String label, String noun) {
        this.label = label;
        this.noun = noun;
    }

    /** Whether the option cannot stand without it. */
    boolean isRequired() {
        return this != NONE && this != OPTIONAL_FILE;
    }

    /** What the usage text puts behind the long name. */
    String label() {
        return label;
    }

    /** What is missing when the option stands alone. */
    String noun() {
        return noun;
    }
}
