package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.CheckedLoad;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page for people, as a browser shows it. */
class PageIT {

    private static final int LIMIT_SECONDS = 60;

    @TempDir Path directory;

    @Test
    void showsPoolsServersAndWorkersUnderLoad() throws Exception {
        try (RedisServer redis = RedisServer.start();
                ProxyProcess proxy =
                        ProxyProcess.startWorkers(
                                1,
                                PoolFile.redis().server(redis.address()).server("127.0.0.1:1"),
                                PoolFile.redis()
                                        .named("ejecting")
                                        .set("auto_eject_hosts", "true")
                                        .server("127.0.0.1:1", "dead"),
                                PoolFile.redis()
                                        .named("loaded")
                                        .set("listen", directory + "/loaded")
                                        .set("slow_req_duration", 1)
                                        .server(redis.address(), "living"));
                CheckedLoad load =
                        CheckedLoad.redis(UnixDomainSocketAddress.of(directory + "/loaded"), 4)) {
            String page = "http://127.0.0.1:" + proxy.httpPort() + "/";
            Awaitility.await("samples for the plots")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> hasSamples(page + "history"));

            redis.freeze();
            Thread.sleep(10); // ten times what the pool calls slow
            redis.thaw();
            proxy.awaitLog("slow req", 1);

            String shown = browse(page);

            load.assertFlawless();
            assertThat(shown)
                    .contains("bilitw on ", ">loaded</h2>", ">ejecting</h2>", ">living</th>")
                    .contains(">dead</th>", ">worker 0</th>", "<td>serving</td>")
                    .containsPattern("<svg[^>]*aria-label=\"Requests per second of pool loaded\"")
                    .containsPattern("class=\"rate\" d=\"M[0-9]");
            assertThat(shown).containsPattern("<p id=\"fault\" role=\"alert\" hidden=\"\"></p>");
            assertThat(shown).containsPattern("<td>loaded</td><td>.*<td>REQ_REDIS_[A-Z]+</td>");
            String loaded = shown.substring(shown.indexOf("aria-label=\"pool loaded\""));
            assertThat(firstNumber(loaded, "<dt>requests/s</dt><dd>([^<]*)</dd>")).isPositive();
            assertThat(firstNumber(loaded, ">living</th><td>in use</td><td>([^<]*)</td>"))
                    .isPositive();
        }
    }

    private static boolean hasSamples(String history) throws IOException {
        try (InputStream in = URI.create(history).toURL().openStream()) {
            JsonNode rates = new JsonMapper().readTree(in).at("/pools/loaded/requests_per_second");
            return rates.size() >= 2 && rates.get(rates.size() - 1).asDouble() > 0;
        }
    }

    private static double firstNumber(String text, String pattern) {
        var found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
        return Double.parseDouble(found.group(1).replaceAll("[^0-9.]", ""));
    }

    /** What a browser makes of the page after some seconds of its own time; no error is allowed. */
    private String browse(String page) throws IOException, InterruptedException {
        Path said = directory.resolve("said");
        Path shown = directory.resolve("shown");
        Process browser =
                new ProcessBuilder(
                                "chromium",
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--user-data-dir=" + directory.resolve("profile"),
                                "--enable-logging=stderr",
                                "--virtual-time-budget=3000",
                                "--dump-dom",
                                page)
                        .redirectOutput(shown.toFile())
                        .redirectError(said.toFile())
                        .start();
        try {
            assertThat(browser.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly().waitFor();
        }
        assertThat(Files.readString(said, StandardCharsets.ISO_8859_1))
                .doesNotContain("CONSOLE", "Uncaught");
        return Files.readString(shown);
    }
}
