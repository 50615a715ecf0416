package io.bilitw.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.CheckedLoad;
import io.bilitw.testkit.FreePorts;
import io.bilitw.testkit.MemcachedServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import io.bilitw.testkit.TerminalProgram;
import io.bilitw.testkit.Twemproxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code bilitw stats} and {@code bilitw top}, on a terminal and elsewhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerminalIT {

    private static final String BILITW = ProxyProcess.packaged() + "/bin/bilitw";
    private static final String ENTER = "\033[?1049h\033[?25l";
    private static final String LEAVE = "\033[?25h\033[?1049l";

    private final RedisServer redis = RedisServer.start();
    private final PoolFile alpha = PoolFile.redis().server(redis.address());

    @AfterAll
    void stop() {
        redis.close();
    }

    @Test
    void showsFiguresOnce() {
        PoolFile beta = PoolFile.redis().named("beta").server("127.0.0.1:1", "dead");
        try (ProxyProcess proxy = ProxyProcess.startWorkers(1, alpha, beta);
                RespClient client = proxy.client()) {
            client.call("SET", "key", "value");
            client.call("GET", "key");
            client.call("GET", "key");
            client.call("GET", "missing");

            List<String> page = bilitw("stats", proxy.statsPort()).succeeded().lines().toList();

            assertThat(page.getFirst()).matches("bilitw .* 1 worker, 0 reloads, .*");
            assertThat(page).anyMatch(line -> line.matches(workerRow(proxy)));
            assertThat(page)
                    .anyMatch(line -> line.startsWith("pool alpha: clients 1,"))
                    .anyMatch(line -> line.startsWith("  requests get 3, read 0, write 1,"))
                    .anyMatch(line -> line.matches("server1 +1 +4 +0/0/0 +no +66\\.7% +0 +0 .*"))
                    .anyMatch(line -> line.startsWith("pool beta:"));
            // Each figure that is shown is one that bilitw gives: there is no dash for a missing
            // one.
            assertThat(rowOf(page, "server1")).doesNotContain(" -");

            List<String> one =
                    bilitw("stats", proxy.statsPort(), "alpha").succeeded().lines().toList();
            assertThat(one)
                    .anyMatch(line -> line.startsWith("pool alpha:"))
                    .noneMatch(line -> line.startsWith("pool beta:"));
            refuses(
                    bilitw("stats", proxy.statsPort(), "gamma"),
                    "bilitw: there is no pool 'gamma' at 127.0.0.1:%d (expected one of: beta, alpha)\n"
                            .formatted(proxy.statsPort()));
        }
    }

    private static String workerRow(ProxyProcess proxy) {
        return "0 +" + proxy.workers().getFirst() + " +serving .* 1";
    }

    private static String rowOf(List<String> page, String server) {
        return page.stream().filter(line -> line.startsWith(server)).findFirst().orElseThrow();
    }

    @Test
    void showsRatesUnderLoad() {
        try (ProxyProcess proxy = ProxyProcess.start(alpha);
                CheckedLoad load = CheckedLoad.redis(proxy.socketAddress(), 5, 200)) {
            String shown = bilitw("top", proxy.statsPort(), "-n", "3", "-i", "500").succeeded();

            assertThat(shown).doesNotContain("\033");
            String[] blocks = shown.split("\n\n(?=bilitw )", -1);
            assertThat(blocks).hasSize(3);
            assertThat(blocks[0]).contains("averages since the start");
            for (String block : List.of(blocks[1], blocks[2])) {
                assertThat(block).containsPattern("rates of [\\d.]+ m?s");
                assertThat(block).containsPattern("(?m)^alpha +[1-9]");
                Matcher row =
                        Pattern.compile("(?m)^server1 +alpha +(\\S+) +0 +(\\S+)%").matcher(block);
                assertThat(row.find()).as(block).isTrue();
                assertThat(row.group(1)).matches("[1-9][\\d.]*k?");
            }
            load.assertFlawless();
        }
    }

    @Test
    void showsTwemproxys() {
        try (MemcachedServer memcached = MemcachedServer.start();
                Twemproxy twemproxy = Twemproxy.start(PoolFile.memcache().server(memcached));
                CheckedLoad load = CheckedLoad.memcache(twemproxy.socketAddress(), 5, 200)) {
            load.awaitRequests(100);

            String page = bilitw("stats", twemproxy.statsPort()).succeeded();
            assertThat(page)
                    .startsWith("nutcracker 0.")
                    .containsPattern("(?m)^server1 +[1-9]\\d* +[1-9]\\d* +0/0/0 +- +- .* -$");
            String shown = bilitw("top", twemproxy.statsPort(), "-n", "3", "-i", "500").succeeded();
            assertThat(shown.substring(shown.indexOf("rates of")))
                    .containsPattern("(?m)^server1 +alpha +[1-9]");
        }
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        int free = FreePorts.next();
        for (String command : List.of("stats", "top")) {
            refuses(
                    bilitw(command, free),
                    "bilitw: no stats port answers at 127.0.0.1:%d: Connection refused (options -a and -s say where it is)\n"
                            .formatted(free));
        }
    }

    @Test
    void saysThatAPortIsNoStatsPort() throws IOException {
        refusesWhoSays("-ERR no JSON\r\n", "what it gives out is not JSON");
        refusesWhoSays("", "it gives out no figures");
        refusesWhoSays("{\"status\":\"ok\"}", "it gives out no figures");
    }

    private static void refusesWhoSays(String text, String why) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> answerOnce(other, text));
            refuses(
                    bilitw("stats", other.getLocalPort()),
                    "bilitw: the port at 127.0.0.1:%d is no stats port: %s (options -a and -s say where it is)\n"
                            .formatted(other.getLocalPort(), why));
        }
    }

    private static void answerOnce(ServerSocket port, String text) {
        try (var socket = port.accept()) {
            socket.getOutputStream().write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void leavesTheTerminalAsItWas() {
        try (ProxyProcess proxy = ProxyProcess.start(alpha)) {
            String command = BILITW + " top -i 100 -n 2 -s " + proxy.statsPort();
            String shown =
                    ClientProgram.run(
                                    "script",
                                    "-qec",
                                    "stty rows 12 cols 70; stty -g; " + command + "; stty -g",
                                    "/dev/null")
                            .succeeded();

            assertBalanced(shown);
            String before = shown.substring(0, shown.indexOf(ENTER)).strip();
            String after = shown.substring(shown.indexOf(LEAVE) + LEAVE.length()).strip();
            assertThat(before).isNotEmpty().isEqualTo(after);
            String[] frames = shown.substring(0, shown.indexOf(LEAVE)).split("\033\\[H", -1);
            assertThat(frames).hasSize(3);
            for (String frame : List.of(frames[1], frames[2])) {
                List<String> lines = frame.replaceAll("\033\\[[KJ]", "").lines().toList();
                assertThat(lines).hasSizeLessThanOrEqualTo(12);
                assertThat(lines).allMatch(line -> line.length() <= 70);
            }
        }
    }

    @Test
    void endsByKeysAndSignals() {
        try (ProxyProcess proxy = ProxyProcess.start(alpha)) {
            String command = "exec " + BILITW + " top -s " + proxy.statsPort();
            for (String key : List.of("q", "\003")) {
                try (TerminalProgram top = TerminalProgram.start(command)) {
                    top.awaitOutput("rates of");
                    top.type(key);
                    assertThat(top.awaitEnd()).as(top.output()).isZero();
                    assertBalanced(top.output());
                }
            }
            try (TerminalProgram top = TerminalProgram.start(command)) {
                top.awaitOutput("rates of");
                top.signal("TERM");
                assertThat(top.awaitEnd()).as(top.output()).isZero();
                assertBalanced(top.output());
            }
        }
    }

    @Test
    void triesOnWhileTheProxyIsAway() {
        ProxyProcess proxy = ProxyProcess.start(alpha);
        String command = "exec " + BILITW + " top -i 100 -s " + proxy.statsPort();
        try (TerminalProgram top = TerminalProgram.start(command)) {
            top.awaitOutput("rates of");
            int port = proxy.statsPort();
            proxy.close();
            top.awaitOutput("unreachable, last seen ");
            top.awaitOutput("no stats port answers at 127.0.0.1:" + port + ": Connection refused");
            try (Twemproxy other = Twemproxy.start(alpha, port)) {
                assertThat(other.statsPort()).isEqualTo(port);
                top.awaitOutput("nutcracker 0.");
                top.awaitOutput("; restarted ");
            }
            top.type("q");
            assertThat(top.awaitEnd()).as(top.output()).isZero();
            assertBalanced(top.output());
        }
    }

    @Test
    void showsHelp() {
        assertThat(ClientProgram.run(BILITW, "top", "-h").succeeded())
                .startsWith("Usage: bilitw stats ");
        ClientProgram wrong = ClientProgram.run(BILITW, "top", "-n", "x");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.output())
                .startsWith("bilitw: option -n requires a non-zero number\nUsage: bilitw stats ");
    }

    private static void assertBalanced(String shown) {
        assertThat(shown).containsOnlyOnce(ENTER).containsOnlyOnce(LEAVE);
        assertThat(shown.indexOf(LEAVE)).isGreaterThan(shown.lastIndexOf("\033[H"));
    }

    private static void refuses(ClientProgram program, String output) {
        assertThat(program.output()).isEqualTo(output);
        assertThat(program.exitCode()).isEqualTo(1);
    }

    private static ClientProgram bilitw(String command, int port, String... more) {
        List<String> words =
                new ArrayList<>(List.of(BILITW, command, "-s", Integer.toString(port)));
        words.addAll(List.of(more));
        return ClientProgram.run(words.toArray(new String[0]));
    }
}
