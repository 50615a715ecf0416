package io.bilitw.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.ConfigException;
import io.bilitw.config.ConfigFile;
import io.bilitw.config.GlobalConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryPlanTest {

    /** Megabytes: the limit in the file, the machine's, workers; then heap and buffers of each. */
    @ParameterizedTest
    @CsvSource({
        "256, 100000, 2, 64, 128",
        "128, 100000, 1, 32, 32",
        "4096, 8000, 2, 1024, 3008",
        "0, 100000, 2, 400, 1136", // no more than 1,600 MB
        "0, 4096, 2, 256, 704", // a quarter of the machine
        "0, 512, 4, 32, 32", // no less than 128 MB
    })
    void dividesTheMemoryOfAWorker(int limit, int machine, int workers, int heap, int buffers)
            throws ConfigException {
        MemoryPlan plan = MemoryPlan.of(global(limit), workers, (long) machine << 20);

        assertThat(plan).isEqualTo(new MemoryPlan((long) heap << 20, (long) buffers << 20));
        assertThat(plan.flags()).contains("-Xmx" + ((long) heap << 20));
    }

    private static GlobalConfig global(int megabytes) throws ConfigException {
        String text =
                "global:\n  max_memory: "
                        + megabytes
                        + "mb\na:\n  listen: 127.0.0.1:1\n  servers: h:1:1\n";
        return ConfigFile.parse("f.yml", text).config().global();
    }
}
