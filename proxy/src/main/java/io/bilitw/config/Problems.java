package io.bilitw.config;

import java.util.ArrayList;
import java.util.List;

/** Gathers the faults and warnings of one file, so that all of them can be shown at once. */
final class Problems {

    private final String file;
    private final List<Problem> faults = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void fault(Position position, String text) {
        faults.add(new Problem(file, position, text));
    }

    void warning(Position position, String text) {
        warnings.add(new Problem(file, position, "warning: " + text));
    }

    boolean hasFaults() {
        return !faults.isEmpty();
    }

    /** The faults so far, in the order of the file. */
    List<Problem> faults() {
        return faults.stream().sorted(Problem.BY_POSITION).toList();
    }

    /** The warnings so far, in the order of the file. */
    List<Problem> warnings() {
        return warnings.stream().sorted(Problem.BY_POSITION).toList();
    }
}
