package io.bilitw.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Says that a configuration file cannot be used, and every reason why, in the order of the file.
 */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong with the file, at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
