package io.bilitw.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bilitw.fuzz.Cost;
import io.bilitw.fuzz.Law;
import java.io.OutputStream;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Any bytes as a configuration file: the loader takes them, or says of each fault where it is and
 * what was expected, and all that quickly. Here, as the test looks no host names up.
 */
class ConfigLoadFuzzTest {

    private static final String FILE = "fuzz.yml";

    /** Heap bytes that a byte of a file may cost. */
    private static final int BYTES_PER_BYTE = 64 * 1024;

    private static final Pattern FAULT =
            Pattern.compile("fuzz\\.yml:\\d+:\\d+: \\P{Cntrl}+ \\(expected: \\P{Cntrl}+\\)");

    private static final Pattern WARNING =
            Pattern.compile("fuzz\\.yml:\\d+:\\d+: warning: \\P{Cntrl}+");

    @FuzzTest
    void takesAFileOrNamesEachFault(byte[] data) {
        Cost.hold(data.length, BYTES_PER_BYTE, () -> load(data));
    }

    private static void load(byte[] data) {
        Problems problems = new Problems(FILE);
        String text = FileText.decode(data, problems);
        holdAll(problems.faults(), FAULT);
        try {
            ConfigFile file = ConfigFile.parse(FILE, text, _ -> true);
            holdAll(file.warnings(), WARNING);
            holdWorkersTake(file);
            ConfigJson.write(file.config(), OutputStream.nullOutputStream());
        } catch (ConfigException refused) {
            Law.hold(!refused.problems().isEmpty(), "refused without a reason");
            holdAll(refused.problems(), FAULT);
        }
    }

    /** A worker gets the text from the master, and must understand it alike. */
    private static void holdWorkersTake(ConfigFile file) {
        try {
            ConfigFile again = ConfigFile.parseChecked(FILE, file.text());
            Law.hold(again.config().equals(file.config()), "a worker reads it differently");
        } catch (ConfigException refused) {
            throw new AssertionError("a worker refuses it", refused);
        }
    }

    private static void holdAll(List<Problem> problems, Pattern form) {
        for (Problem problem : problems) {
            Law.hold(form.matcher(problem.toString()).matches(), "a fault told so: %s", problem);
        }
    }
}
