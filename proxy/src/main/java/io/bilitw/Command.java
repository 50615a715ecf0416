package io.bilitw;

import org.jspecify.annotations.Nullable;

/** What the program does instead of running, by the first word of its command line. */
enum Command {
    RELOAD("reload", "-p FILE", "have the instance with this pid file load its configuration anew"),
    WHERE(
            "where",
            "[-c FILE] [-p POOL] KEY...",
            "tell the server of each key while all live; here -p names a pool,\n"
                    + "and - stands for keys on stdin, one a line"),
    DIFF("diff", "OLD NEW", "tell what a reload from one file to the other changes"),
    TRAIN("train", "", "make the AOT cache anew, which shortens a start");

    private final String word;
    private final String arguments;
    private final String description;

    Command(String word, String arguments, String description) {
        this.word = word;
        this.arguments = arguments;
        this.description = description;
    }

    /** Returns the command that a command line begins with, or null if it is none. */
    static @Nullable Command of(String... words) {
        for (Command command : values()) {
            if (words.length > 0 && words[0].equals(command.word)) {
                return command;
            }
        }
        return null;
    }

    /** How it is typed. */
    String synopsis() {
        return arguments.isEmpty() ? word : word + " " + arguments;
    }

    /** What the usage text says, in one line or more. */
    String description() {
        return description;
    }
}
