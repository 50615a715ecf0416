package io.bilitw.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigJsonTest {

    @Test
    void showsEveryKeyWithItsDefault() throws ConfigException {
        JsonNode pool = json("").get("pools").get("alpha");

        for (ConfigKey key : KeyTable.POOL.keys()) {
            boolean isShown = !key.key().byDefault().isEmpty() || key.key().required();
            assertThat(pool.has(key.name())).as(key.name()).isIn(isShown, true);
        }
        assertThat(pool.get("server_retry_timeout").asInt()).isEqualTo(30000);
        assertThat(pool.get("distribution").asString()).isEqualTo("ketama");
        assertThat(pool.get("servers").get(0).asString()).isEqualTo("127.0.0.1:11:1 one");
        assertThat(pool.get("listen").asString()).isEqualTo("/tmp/a.sock 666");
        assertThat(pool.get("hash_tag").asString()).isEqualTo("{}");
        assertThat(pool.has("redis_auth")).isFalse();
        assertThat(json("").get("global").get("worker_timeout").asInt()).isEqualTo(10000);
    }

    @Test
    void hidesThePassword() throws ConfigException {
        JsonNode all = json("  redis_auth: sesame\n");

        assertThat(all.get("pools").get("alpha").get("redis_auth").asString()).isEqualTo("***");
        assertThat(all.toString()).doesNotContain("sesame");
    }

    private static JsonNode json(String more) throws ConfigException {
        String text =
                "alpha:\n  listen: /tmp/a.sock 666\n  redis: true\n  hash_tag: \"{}\"\n"
                        + more
                        + "  servers:\n   - 127.0.0.1:11:1 one\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigJson.write(ConfigFile.parse("test", text).config(), out);
        return new JsonMapper().readTree(out.toString(UTF_8));
    }
}
