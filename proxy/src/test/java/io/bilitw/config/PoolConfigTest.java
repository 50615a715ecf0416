package io.bilitw.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolConfigTest {

    @ParameterizedTest
    @CsvSource({
        "false, error, false",
        "false, miss, false",
        "false, rehash, true",
        "true, error, true",
        "true, miss, true",
        "true, rehash, true"
    })
    void ejectsServersWhenEitherKeyAsksForIt(String auto, String onFailure, boolean ejects) {
        PoolConfig pool =
                SamplePool.ofThree("auto_eject_hosts: " + auto, "on_failure: " + onFailure);

        assertThat(pool.ejectsServers()).isEqualTo(ejects);
    }
}
