package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bilitw.testkit.CacheClient;
import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.MemcachedServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of clients of both protocols send anything but requests, while one of each asks and gets
 * what it asked for. The proxy under test looks for leaks at every buffer.
 */
class HostilePeersIT {

    private static final int ROUNDS = 300;

    private static final int LONGEST_NOISE = 2000;

    /** What is left of the buffers when all have gone. */
    private static final long CALM_BUFFER_BYTES = 8 * 1024 * 1024;

    private final long seed = Long.getLong("bilitw.fuzz.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<CacheClient<?>> hostile = new ArrayList<>();

    @Test
    void clientsThatSendAnythingCostNobodyElseAnything() {
        System.out.println("HostilePeersIT: -Dbilitw.fuzz.seed=" + seed);
        try (RedisServer redis = RedisServer.start();
                MemcachedServer memcached = MemcachedServer.start()) {
            PoolFile alpha = PoolFile.redis().server(redis);
            PoolFile beta = PoolFile.memcache().named("beta").server(memcached);
            try (ProxyProcess proxy = ProxyProcess.startWith("", alpha, beta)) {
                List<Long> workers = proxy.workers();
                serve(proxy, beta);
                assertThat(proxy.figure("", "buffer_bytes"))
                        .isLessThan(proxy.figure("", "buffer_limit_bytes") / 2);
                hostile.forEach(CacheClient::close);
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> proxy.figure("", "buffer_bytes") < CALM_BUFFER_BYTES);
                assertThat(proxy.figure("alpha", "client_connections")).isZero();
                assertThat(proxy.figure("beta", "client_connections")).isZero();
                assertThat(proxy.workers()).as("seed %d", seed).isEqualTo(workers);
            }
        }
    }

    private void serve(ProxyProcess proxy, PoolFile beta) {
        try (RespClient redis = proxy.client();
                MemcacheClient memcache =
                        MemcacheClient.connect(ProxyProcess.socketAddress(beta))) {
            for (int i = 0; i < ROUNDS; i++) {
                harm(proxy::client, redisNoise());
                harm(
                        () -> MemcacheClient.connect(ProxyProcess.socketAddress(beta)),
                        memcacheNoise());
                if (random.nextBoolean()) {
                    hostile.remove(random.nextInt(hostile.size())).reset();
                }
                askRedis(redis, i);
                askMemcache(memcache, i);
            }
        }
    }

    private void harm(Supplier<CacheClient<?>> opener, byte[] noise) {
        CacheClient<?> client = opener.get();
        hostile.add(client);
        try {
            client.send(noise);
        } catch (UncheckedIOException _) {
            // The proxy has closed it already.
        }
    }

    private void askRedis(RespClient client, int round) {
        String value = "v" + round;
        client.send(Resp.request("SET", "a" + round, value))
                .send(Resp.request("MGET", "a" + round, "none", "a" + round));
        assertThat(client.read().text()).as("seed %d", seed).isEqualTo("+OK\r\n");
        String bulk = "$" + value.length() + "\r\n" + value + "\r\n";
        assertThat(client.read().text())
                .as("seed %d", seed)
                .isEqualTo("*3\r\n" + bulk + "$-1\r\n" + bulk);
    }

    private void askMemcache(MemcacheClient client, int round) {
        String value = "v" + round;
        client.send("set a" + round + " 0 0 " + value.length() + "\r\n" + value + "\r\n");
        assertThat(client.read()).as("seed %d", seed).isEqualTo("STORED\r\n");
        client.send("get none a" + round + "\r\n");
        assertThat(client.read())
                .as("seed %d", seed)
                .isEqualTo(
                        "VALUE a"
                                + round
                                + " 0 "
                                + value.length()
                                + "\r\n"
                                + value
                                + "\r\nEND\r\n");
    }

    private byte[] redisNoise() {
        byte[] noise = noise();
        return switch (random.nextInt(9)) {
            case 0 -> noise;
            case 1 -> Resp.bytes("*" + random.nextLong() + "\r\n");
            case 2 -> Resp.bytes("*2\r\n$3\r\nGET\r\n$" + random.nextInt() + "\r\n");
            case 3 -> Resp.bytes("*1\r\n".repeat(1 + random.nextInt(500)));
            case 4 -> Resp.bytes("x".repeat(random.nextInt(100_000)));
            case 5 -> Resp.request(List.of(Resp.bytes("SET"), noise, noise));
            case 6 -> Resp.bytes("*1048576\r\n" + "$1\r\na\r\n".repeat(random.nextInt(5000)));
            case 7 -> mixed(Resp.bytes("GET a\r\n*2\r\n$3\r\nGET\r\n$1\r\na\r\n"), noise);
            default -> Resp.bytes("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$100000000\r\nhalf");
        };
    }

    private byte[] memcacheNoise() {
        byte[] noise = noise();
        return switch (random.nextInt(9)) {
            case 0 -> noise;
            case 1 -> Resp.bytes("set k 0 0 " + random.nextLong() + "\r\n");
            case 2 -> Resp.bytes("set k 0 0 100000000\r\nhalf");
            case 3 -> Resp.bytes("get" + " k".repeat(random.nextInt(100_000)));
            case 4 -> Resp.bytes("x".repeat(random.nextInt(100_000)));
            case 5 -> Resp.bytes("ms k " + random.nextInt() + " T" + random.nextLong() + "\r\n");
            case 6 -> Resp.bytes("set k 0 0 5\r\ntoo long\r\n");
            case 7 -> mixed(Resp.bytes("get k\r\nset k 0 0 1\r\nv\r\nmn\r\n"), noise);
            default -> mixed(new byte[] {(byte) 0x80}, noise);
        };
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(LONGEST_NOISE)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] mixed(byte[] first, byte[] then) {
        byte[] both = new byte[first.length + then.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(then, 0, both, first.length, then.length);
        return both;
    }
}
