package io.bilitw.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a file that is wrong where its password stands, or near it. */
class SecretFaultTest {

    private static final String POOL =
            "alpha:\n  listen: 127.0.0.1:1\n  servers: h:1:1\n  redis: true\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis_auth:s3cret",
                "redis_auth s3cret",
                "redis_auth = s3cret",
                "redis_auht: s3cret",
                "redis_auth: s3: s3cret",
                "redis_auth: [s3cret]",
                "redis_auth: {s3cret: s3cret}",
                "redis_auth: !s3cret!x y",
                "redis_auth: !<s3cret",
                "redis_auth: &s3cret x",
                "redis_auth: *s3cret",
                "redis_auth: %s3cret",
                "redis_auth: '%s3cret",
                "redis_auth: \"\\s3cret\"",
                "redis_auth: 's3cret'x",
                "redis_auth:\n    - s3cret",
                "redis_auth:\n    s3cret: s3cret",
                "redis_auth: s3cret\n  redis_auth: s3cret",
                "redis_auth: s3cret\n  redis: false",
                "redis_auth: s3cret\u0007"
            })
    void noFaultRepeatsAPassword(String line) {
        for (String indent : new String[] {"  ", "   "}) {
            assertThat(faults(POOL + indent + line + "\n"))
                    .isNotEmpty()
                    .noneMatch(fault -> fault.contains("s3"));
        }
    }

    @Test
    void aLineThatTheOneAboveSwallowsIsTold() {
        assertThat(faults(POOL + "   redis_auth:s3cret\n"))
                .containsExactly(
                        "f.yml:4:10: redis: the value goes on in the line of redis_auth (expected:"
                                + " a colon and a blank behind redis_auth)");
    }

    @Test
    void aPasswordThatIsNoYamlIsTold() {
        assertThat(faults(POOL + "  redis_auth: %s3cret\n"))
                .containsExactly(
                        "f.yml:5:15: the line of a password is no YAML (expected: quotes around"
                                + " it)");
    }

    @Test
    void aServerMayBeCalledSo() throws ConfigException {
        assertThat(ConfigFile.parse("f.yml", POOL.replace("h:1:1", "h:1:1 redis_auth"), _ -> true))
                .isNotNull();
    }

    private static String[] faults(String yaml) {
        return catchThrowableOfType(
                        ConfigException.class, () -> ConfigFile.parse("f.yml", yaml, _ -> true))
                .problems()
                .stream()
                .map(Problem::toString)
                .toArray(String[]::new);
    }
}
