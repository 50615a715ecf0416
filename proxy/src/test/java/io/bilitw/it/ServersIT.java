package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bilitw.testkit.FreePorts;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import io.bilitw.testkit.Response;
import io.bilitw.testkit.Sockets;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of a pool that shape its connections, to servers and from clients. */
class ServersIT {

    @Test
    void spreadsClientsOverItsConnectionsAndLetsEachReadItsOwnWrites() {
        try (ProxiedServers servers =
                ProxiedServers.start(1, pool -> pool.set("server_connections", 4))) {
            List<RespClient> clients = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                clients.add(servers.client());
            }
            for (int i = 0; i < 500; i++) {
                for (int client = 0; client < clients.size(); client++) {
                    clients.get(client).send(Resp.request("SET", "own:" + client, "value " + i));
                    clients.get(client).send(Resp.request("GET", "own:" + client));
                }
            }
            for (RespClient client : clients) {
                for (int i = 0; i < 500; i++) {
                    assertThat(client.read(2))
                            .extracting(Response::value)
                            .containsExactly("OK", "value " + i);
                }
            }
            assertThat(connectionsTo(servers.server(0))).isBetween(2, 4);
            clients.forEach(RespClient::close);
        }
    }

    @Test
    void keepsOneConnectionToAServerByDefault() {
        try (ProxiedServers servers = ProxiedServers.start(1)) {
            for (int i = 0; i < 10; i++) {
                try (RespClient client = servers.client()) {
                    client.call("GET", "k" + i);
                }
            }
            assertThat(connectionsTo(servers.server(0))).isEqualTo(1);
        }
    }

    @Test
    void connectsBeforeTheFirstRequestWhenAsked() {
        try (ProxiedServers servers =
                ProxiedServers.start(2, pool -> pool.set("preconnect", "true"))) {
            await().until(() ->
                    connectionsTo(servers.server(0)) == 1 && connectionsTo(servers.server(1)) == 1);
        }
    }

    @Test
    void connectsWithTheFirstRequestByDefault() {
        try (ProxiedServers servers = ProxiedServers.start(1);
                RespClient client = servers.client()) {
            assertThat(client.call("PING").text()).isEqualTo("+PONG\r\n");
            assertThat(connectionsTo(servers.server(0))).isZero();
            client.call("GET", "k");
            assertThat(connectionsTo(servers.server(0))).isEqualTo(1);
        }
    }

    /** Counts a server's clients without the one that asks. */
    private static int connectionsTo(RedisServer server) {
        String clients = String.valueOf(server.ask("CLIENT", "LIST").value());
        return (int)
                clients.lines()
                        .filter(line -> line.contains("cmd=") && !line.contains("cmd=client"))
                        .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void startsBeforeServersThatCannotBeReached(String preconnect) {
        int port = FreePorts.next();
        PoolFile pool =
                PoolFile.redis()
                        .set("preconnect", preconnect)
                        .set("hash", "md5") // spreads a few similar keys well
                        .server("127.0.0.1:" + port)
                        .server("nosuchhost.invalid:6379")
                        .server("/tmp/no-such-directory/redis.sock");
        try (ProxyProcess proxy = ProxyProcess.start(pool);
                RespClient client = proxy.client()) {
            var answers = new TreeSet<String>();
            for (int i = 0; i < 24; i++) {
                answers.add(client.call("GET", "k" + i).text());
            }
            assertThat(answers)
                    .containsExactly(
                            "-ERR Connection refused\r\n",
                            "-ERR Host is down\r\n",
                            "-ERR No such file or directory\r\n");
            assertThat(client.call("PING").text()).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void splitsOverServersThatCannotBeReached() {
        PoolFile pool =
                PoolFile.redis()
                        .server("nosuchhost.invalid:6379")
                        .server("nosuchhost.invalid:6380");
        try (ProxyProcess proxy = ProxyProcess.start(pool);
                RespClient client = proxy.client()) {
            for (String command :
                    List.of("MGET a b c d e f", "MSET a 1 b 2 c 3 d 4", "DEL a b c d e f")) {
                assertThat(client.call(command.split(" ", -1)).text())
                        .isEqualTo("-ERR Host is down\r\n");
            }
        }
    }

    @Test
    void findsAServerThatStartsLater() {
        try (RedisServer server = RedisServer.start()) {
            server.kill();
            try (ProxyProcess proxy = ProxyProcess.start(PoolFile.redis().server(server));
                    RespClient client = proxy.client()) {
                assertThat(client.call("GET", "k").text()).isEqualTo("-ERR Connection refused\r\n");
                server.restart();
                assertThat(client.call("SET", "k", "v").text()).isEqualTo("+OK\r\n");
            }
        }
    }

    @Test
    void looksAServersNameUpAgainWhenItConnectsAgain(@TempDir Path directory) throws IOException {
        Path hosts = directory.resolve("hosts");
        Files.writeString(hosts, "127.0.0.2 cache.test\n"); // where nobody listens
        try (RedisServer server = RedisServer.start();
                ProxyProcess proxy =
                        ProxyProcess.start(
                                PoolFile.redis().server("cache.test:" + server.port()),
                                "-Djdk.net.hosts.file=" + hosts + " -Dsun.net.inetaddr.ttl=0");
                RespClient client = proxy.client()) {
            assertThat(client.call("GET", "k").text()).isEqualTo("-ERR Connection refused\r\n");
            Files.writeString(hosts, "127.0.0.1 cache.test\n");
            assertThat(client.call("SET", "k", "v").text()).isEqualTo("+OK\r\n");
            Files.writeString(hosts, "127.0.0.2 cache.test\n");
            assertThat(client.call("GET", "k").value()).isEqualTo("v"); // the connection stays
        }
    }

    @Test
    void keepsConnectionsAliveOnBothSidesWhenAsked() {
        try (ProxiedServers servers =
                        ProxiedServers.start(1, pool -> pool.set("tcpkeepalive", "true"));
                RespClient client = servers.client()) {
            client.call("GET", "k");
            await().until(() -> Sockets.keptAlive(servers.proxy().port(), client.localPort()));
            await().until(() -> Sockets.keptAliveTo(servers.server(0).port()));
        }
    }

    @Test
    void leavesKeepaliveOffByDefault() {
        try (ProxiedServers servers = ProxiedServers.start(1);
                RespClient client = servers.client()) {
            client.call("GET", "k");
            assertThat(Sockets.keptAlive(servers.proxy().port(), client.localPort())).isFalse();
            assertThat(Sockets.keptAliveTo(servers.server(0).port())).isFalse();
        }
    }

    @Test
    void listensWithTheBacklogAskedFor() {
        try (ProxiedServers servers = ProxiedServers.start(1, pool -> pool.set("backlog", 77))) {
            assertThat(Sockets.backlog(servers.proxy().port())).isEqualTo(77);
        }
    }

    @Test
    void turnsSurplusClientsAwayWithAnError() {
        try (ProxiedServers servers =
                ProxiedServers.start(1, pool -> pool.set("client_connections", 2))) {
            await().until(() -> isServed(servers)); // the start's own probe has been forgotten
            try (RespClient first = servers.client();
                    RespClient second = servers.client()) {
                assertThat(first.call("SET", "k", "v").text()).isEqualTo("+OK\r\n");
                assertThat(second.call("GET", "k").value()).isEqualTo("v");
                try (RespClient third = servers.client()) {
                    assertThat(third.readToEnd()).startsWith("-ERR ").endsWith("\r\n");
                }
                assertThat(first.call("GET", "k").value()).isEqualTo("v");
            }
            await().until(() -> isServed(servers));
        }
    }

    private static boolean isServed(ProxiedServers servers) {
        try (RespClient client = servers.client()) {
            return client.call("PING").text().equals("+PONG\r\n");
        }
    }

    @Test
    void listensOnAUnixSocketWithItsPermission(@TempDir Path directory) throws IOException {
        Path socket = directory.resolve("proxy.sock");
        leaveSocketBehind(socket);
        try (ProxiedServers servers =
                        ProxiedServers.start(2, pool -> pool.set("listen", socket + " 0620"));
                RespClient client = servers.client()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw--w----");
            assertThat(client.call("MSET", "a", "1", "b", "2", "c", "3").text())
                    .isEqualTo("+OK\r\n");
            assertThat(client.call("MGET", "a", "b", "c").elements())
                    .containsExactly("1", "2", "3");
        }
    }

    /** Does as a proxy that was killed: binds the path, and leaves the file there. */
    private static void leaveSocketBehind(Path path) throws IOException {
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();
    }

    @Test
    void listensOnIpv6() {
        try (ProxiedServers servers =
                        ProxiedServers.start(
                                1, pool -> pool.set("listen", "::1:" + FreePorts.next()));
                RespClient client = servers.client()) {
            assertThat(client.call("SET", "k", "v").text()).isEqualTo("+OK\r\n");
            assertThat(client.call("GET", "k").value()).isEqualTo("v");
        }
    }

    @Test
    void talksToServersOverUnixSockets() {
        try (RedisServer unix = RedisServer.onUnixSocket();
                RedisServer tcp = RedisServer.start();
                ProxyProcess proxy = ProxyProcess.start(PoolFile.redis().server(unix).server(tcp));
                RespClient client = proxy.client()) {
            for (int i = 0; i < 50; i++) {
                assertThat(client.call("SET", "k" + i, "v" + i).text()).isEqualTo("+OK\r\n");
            }
            assertThat(unix.ask("DBSIZE").integer() + tcp.ask("DBSIZE").integer()).isEqualTo(50);
            assertThat(unix.ask("DBSIZE").integer()).isBetween(5L, 45L);
            unix.restart();
            assertThat(client.call("MSET", "k1", "a", "k2", "b", "k3", "c").text())
                    .isEqualTo("+OK\r\n");
        }
    }
}
