package io.bilitw.it;

import static io.bilitw.testkit.Memcache.set;
import static io.bilitw.testkit.Memcache.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.MemcachedServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxiedMemcached;
import io.bilitw.testkit.ProxyProcess;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Large values, many keys, faulty lines: the stream stays in step, and errors have memcached's
 * words.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemcacheLimitsIT {

    private static final int MEGABYTE = 1024 * 1024;
    private static final String BAD_LINE = "CLIENT_ERROR bad command line format\r\n";

    private final ProxiedMemcached servers = ProxiedMemcached.start(3);
    private final MemcachedServer large = MemcachedServer.start("-I", "80m", "-m", "512");

    @BeforeEach
    void empty() {
        servers.flush();
    }

    @AfterAll
    void stop() {
        try (servers) {
            large.close();
        }
    }

    /**
     * Work that grows with the square of the length would take many times as long as the server.
     */
    @Test
    void passesLargeValuesWithoutMuchMoreTimeThanTheServer() {
        try (ProxyProcess proxy = ProxyProcess.start(PoolFile.memcache().server(large));
                MemcacheClient client = proxy.memcacheClient();
                MemcacheClient direct = large.client()) {
            passes(direct, 16); // warms up
            passes(client, 16);
            Duration limit = passes(direct, 64).multipliedBy(5).plusMillis(1500);
            assertThat(passes(client, 64)).isLessThan(limit);
            assertThat(client.call(set("small", "x"))).isEqualTo("STORED\r\n");
            assertThat(client.call("get small v64 small\r\n"))
                    .hasSizeGreaterThan(64 * MEGABYTE)
                    .startsWith(value("small", "x") + "VALUE v64 ")
                    .endsWith(value("small", "x") + "END\r\n");
        }
    }

    private static Duration passes(MemcacheClient client, int megabytes) {
        String value = "v".repeat(megabytes * MEGABYTE);
        long startNanos = System.nanoTime();
        assertThat(client.call(set("v" + megabytes, value))).isEqualTo("STORED\r\n");
        String read = client.call("get v" + megabytes + "\r\n");
        Duration taken = Duration.ofNanos(System.nanoTime() - startNanos);
        assertThat(read.length()).isEqualTo((value("v" + megabytes, value) + "END\r\n").length());
        return taken;
    }

    @Test
    void takesALargeValueInSmallPieces() {
        try (MemcacheClient client = servers.client()) {
            String request = set("pieces", "p".repeat(MEGABYTE - 1000));
            for (int at = 0; at < request.length(); at += 1000) {
                client.send(request.substring(at, Math.min(at + 1000, request.length())));
            }
            assertThat(client.read()).isEqualTo("STORED\r\n");
            assertThat(client.call("mg pieces s\r\n"))
                    .isEqualTo("HD s" + (MEGABYTE - 1000) + "\r\n");
        }
    }

    @Test
    void passesOnThatAValueIsTooLargeAndStaysInStep() {
        try (MemcacheClient client = servers.client()) {
            String tooLarge = set("large", "x".repeat(2 * MEGABYTE));
            client.send(tooLarge + "set large 0 0 " + 2 * MEGABYTE + " noreply\r\n");
            client.send("x".repeat(2 * MEGABYTE) + "\r\nms large " + 2 * MEGABYTE + " q\r\n");
            client.send("x".repeat(2 * MEGABYTE) + "\r\nmn\r\n");
            assertThat(client.read(3))
                    .containsExactly(
                            "SERVER_ERROR object too large for cache\r\n",
                            "SERVER_ERROR object too large for cache\r\n",
                            "MN\r\n");
            assertThat(client.call("get large\r\n")).isEqualTo("END\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "gets", "gat 0", "gats 100"})
    void readsThousandsOfKeysInOrder(String read) {
        String keys =
                IntStream.range(0, 5000)
                        .mapToObj(i -> "key-that-is-quite-long-" + i)
                        .collect(Collectors.joining(" "));
        try (MemcacheClient client = servers.client()) {
            for (int i = 0; i < 5000; i += 2) {
                client.send(set("key-that-is-quite-long-" + i, "v" + i));
            }
            assertThat(client.read(2500)).containsOnly("STORED\r\n");
            String found = client.call(read + " " + keys + "\r\n");
            assertThat(found.lines().filter(line -> line.startsWith("v")))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 2500).mapToObj(i -> "v" + 2 * i).toList());
            assertThat(found).endsWith("\r\nEND\r\n");
            assertThat(client.call("get nothing\r\n")).isEqualTo("END\r\n");
        }
        assertThat(servers.proxy().log()).doesNotContain("is closed with");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    set k x 0 9            | CLIENT_ERROR bad command line format
                    set k 0 x 9            | CLIENT_ERROR bad command line format
                    set K 0 0 9            | CLIENT_ERROR bad command line format
                    cas k 0 0 9 x          | CLIENT_ERROR bad command line format
                    ms K 9                 | CLIENT_ERROR bad command line format
                    ms k 9 Z               | CLIENT_ERROR invalid flag
                    ms ! 9 b               | CLIENT_ERROR error decoding key
                    ms k 9 MX              | CLIENT_ERROR invalid mode for ms M token
                    ms k 9 O1 O2 O3 O4 O5 O6 O7 O8 O9 O O O O O O O O | CLIENT_ERROR options flags too long
                    """)
    void skipsTheDataBehindAFaultyLine(String line, String error) {
        try (MemcacheClient client = servers.client()) {
            String wire = line.replace("K", "k".repeat(251)) + "\r\nflush_all\r\nmn\r\n";
            assertThat(client.send(wire).read(2)).containsExactly(error + "\r\n", "MN\r\n");
        }
    }

    @Test
    void skipsNothingWithoutALength() {
        try (MemcacheClient client = servers.client()) {
            assertThat(client.send("set k 0 0 -1\r\nmn\r\n").read(2))
                    .containsExactly(BAD_LINE, "MN\r\n");
            assertThat(client.send("set k 0 0 4294967295\r\nmn\r\n").read(2))
                    .containsExactly(BAD_LINE, "MN\r\n");
            assertThat(client.send("set k 0 0 2\r\nabc\r\nmn\r\n").read(3))
                    .containsExactly("CLIENT_ERROR bad data chunk\r\n", "ERROR\r\n", "MN\r\n");
            assertThat(client.call("get k\r\n")).isEqualTo("END\r\n");
        }
    }

    @Test
    void refusesToWaitForMoreThanAnyServerTakes() {
        try (MemcacheClient client = servers.client()) {
            assertThat(client.call("set k 0 0 1500000000\r\n"))
                    .isEqualTo("SERVER_ERROR object too large for cache\r\n");
            client.send("x".repeat(10 * MEGABYTE)); // skipped as it comes
        }
        try (MemcacheClient client = servers.client()) {
            assertThat(client.call("mn\r\n")).isEqualTo("MN\r\n");
        }
    }

    @Test
    void boundsKeysByMemcachedsLimit() {
        String longest = "k".repeat(250);
        try (MemcacheClient client = servers.client()) {
            assertThat(client.call(set(longest, "x"))).isEqualTo("STORED\r\n");
            assertThat(client.call("get " + longest + " a\r\n"))
                    .isEqualTo(value(longest, "x") + "END\r\n");
            assertThat(client.call("get a " + longest + "k\r\n")).isEqualTo(BAD_LINE);
            assertThat(client.call("delete " + longest + "k\r\n")).isEqualTo(BAD_LINE);
            assertThat(client.call("mn\r\n")).isEqualTo("MN\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.0\r\n", "POST /x HTTP/1.1\r\n", "quit\r\n"})
    void closesWithoutAWord(String line) {
        try (MemcacheClient client = servers.client()) {
            assertThat(client.send(line + "mn\r\n").readToEnd()).isEmpty();
        }
    }

    @Test
    void closesAfterAnErrorWhenTheStreamIsLost() {
        try (MemcacheClient client = servers.client()) {
            assertThat(client.send("mn\r\n" + "x".repeat(3000)).readToEnd())
                    .isEqualTo("MN\r\nCLIENT_ERROR line too long\r\n");
        }
        try (MemcacheClient client = servers.client()) {
            assertThat(client.send("\u0080\0\0\0").readToEnd())
                    .startsWith("CLIENT_ERROR this is the binary protocol");
        }
    }

    @Test
    void answersWhatWasAskedBeforeTheEnd() {
        try (MemcacheClient client = servers.client()) {
            assertThat(client.send("get a b c\r\nnonsense\r\nquit\r\n").readToEnd())
                    .isEqualTo("END\r\nERROR\r\n");
        }
        try (MemcacheClient client = servers.client()) {
            client.send("get a b c\r\nmn\r\n");
            client.halfClose();
            assertThat(client.readToEnd()).isEqualTo("END\r\nMN\r\n");
        }
    }

    @Test
    void flushesAllServersOnlyWhereThePoolAllowsIt() {
        try (MemcacheClient client = servers.client()) {
            assertThat(client.call("flush_all\r\n"))
                    .isEqualTo("CLIENT_ERROR flush_all not allowed\r\n");
            assertThat(client.call("flush_all noreply\r\nmn\r\n")).isEqualTo("MN\r\n");
        }
        PoolFile pool = PoolFile.memcache().set("allow_flush", "true");
        servers.servers().forEach(pool::server);
        try (ProxyProcess proxy = ProxyProcess.start(pool);
                MemcacheClient client = proxy.memcacheClient()) {
            for (String flush : new String[] {"flush_all", "flush_all 0", "flush_all noreply"}) {
                for (int i = 0; i < 50; i++) {
                    client.send(set("k" + i, "x"));
                }
                assertThat(client.read(50)).containsOnly("STORED\r\n");
                client.send(flush + "\r\nmn\r\n");
                assertThat(client.read(flush.contains("noreply") ? 1 : 2)).endsWith("MN\r\n");
                for (int i = 0; i < 50; i++) {
                    assertThat(client.call("get k" + i + "\r\n")).isEqualTo("END\r\n");
                }
            }
            assertThat(client.call("flush_all x\r\n"))
                    .isEqualTo("CLIENT_ERROR invalid exptime argument\r\n");
            assertThat(client.call("flush_all 1000\r\n")).isEqualTo("OK\r\n");
        }
    }

    @Test
    void setsTheVerbosityOfAllServers() {
        try (MemcacheClient client = servers.client()) {
            assertThat(client.call("verbosity 1\r\n")).isEqualTo("OK\r\n");
            for (MemcachedServer server : servers.servers()) {
                assertThat(server.ask("stats settings\r\n")).contains("STAT verbosity 1\r\n");
            }
            assertThat(client.call("verbosity 0 noreply\r\nmn\r\n")).isEqualTo("MN\r\n");
        }
    }

    @Test
    void tellsStatisticsOfTheProxy() {
        try (MemcacheClient client = servers.client()) {
            long before = figure(client, "requests");
            client.call("get a b c d e f g h\r\n");
            assertThat(figure(client, "requests")).isBetween(before + 1, before + 3);
            assertThat(figure(client, "curr_connections")).isPositive();
            assertThat(client.call("stats items\r\n"))
                    .startsWith("CLIENT_ERROR unsupported 'stats items'");
            assertThat(client.call("mn\r\n")).isEqualTo("MN\r\n");
        }
    }

    private static long figure(MemcacheClient client, String name) {
        return client.call("stats\r\n")
                .lines()
                .filter(line -> line.startsWith("STAT " + name + " "))
                .mapToLong(line -> Long.parseLong(line.split(" ", -1)[2]))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refusesClientsBeyondTheLimit() {
        PoolFile pool = PoolFile.memcache().set("client_connections", 2);
        servers.servers().forEach(pool::server);
        try (ProxyProcess proxy = ProxyProcess.start(pool)) {
            try (MemcacheClient first = served(proxy);
                    MemcacheClient second = served(proxy);
                    MemcacheClient third = proxy.memcacheClient()) {
                assertThat(third.readToEnd()).isEqualTo("ERROR Too many open connections\r\n");
                assertThat(first.call("mn\r\n")).isEqualTo("MN\r\n");
                assertThat(second.call("mn\r\n")).isEqualTo("MN\r\n");
            }
            served(proxy).close(); // the proxy has noticed that they are gone
        }
    }

    /** Opens a client that is not refused; those that were there before may still be leaving. */
    private static MemcacheClient served(ProxyProcess proxy) {
        return Awaitility.await()
                .ignoreExceptions()
                .until(
                        () -> {
                            MemcacheClient client = proxy.memcacheClient();
                            if (client.call("mn\r\n").equals("MN\r\n")) {
                                return client;
                            }
                            client.close();
                            return null;
                        },
                        Objects::nonNull);
    }
}
