package io.bilitw.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final String FILE =
            """
            alpha:
              listen: 127.0.0.1:1
              redis: true
              timeout: 400
              servers:
               - 127.0.0.1:6379:1 one
               - 127.0.0.1:6380:1 two
            """;

    @Test
    void sameFileChangesNothing() throws ConfigException {
        assertThat(Changes.between(config(FILE), config("# a comment\n" + FILE))).isEmpty();
    }

    @Test
    void namesWhatIsOther() throws ConfigException {
        String other =
                FILE.replace("400", "500").replace("6380:1 two", "6381:2 two")
                        + "  redis_auth: secret\n"
                        + "beta:\n  listen: /tmp/b\n  servers: 127.0.0.1:1:1\n"
                        + "global:\n  reload_timeout: 1000\n";

        assertThat(Changes.between(config(FILE), config(other)))
                .containsExactly(
                        "global reload_timeout: 120000 -> 1000",
                        "pool 'alpha' timeout: 400 -> 500",
                        "pool 'alpha' has another redis_auth",
                        "pool 'alpha' loses server '127.0.0.1:6380:1 two'",
                        "pool 'alpha' gets server '127.0.0.1:6381:2 two'",
                        "pool 'beta' is added");
        assertThat(Changes.between(config(other), config(FILE)))
                .contains("pool 'beta' is removed")
                .noneMatch(sentence -> sentence.contains("secret"));
    }

    private static Config config(String text) throws ConfigException {
        return ConfigFile.parse("a.yml", text, _ -> true).config();
    }
}
