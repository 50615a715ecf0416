package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.FakeServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code client_idle_timeout}: who asks nothing for long must go, who waits or works may stay. */
class IdleClientsIT {

    private static final int TIMEOUT_MILLIS = 1500;

    @Test
    void closesWhoAsksNothingAndNobodyElse() throws InterruptedException {
        try (RedisServer redis = RedisServer.start();
                ProxyProcess proxy = ProxyProcess.start(pool().server(redis));
                RespClient idle = proxy.client();
                RespClient busy = proxy.client()) {
            idle.call("SET", "a", "1");
            long end = System.nanoTime() + Duration.ofMillis(2 * TIMEOUT_MILLIS).toNanos();
            while (System.nanoTime() < end) {
                assertThat(busy.call("GET", "a").value()).isEqualTo("1");
                Thread.sleep(TIMEOUT_MILLIS / 10);
            }
            assertThat(idle.readToEnd()).isEmpty();
            assertThat(busy.call("GET", "a").value()).isEqualTo("1");
            assertThat(proxy.stats()).contains("\"client_idle\":1");
        }
    }

    @Test
    void staysWithWhoWaitsForAnAnswer() throws InterruptedException {
        try (FakeServer silent = FakeServer.silent();
                ProxyProcess proxy = ProxyProcess.start(pool().server(silent.address()));
                RespClient waiting = proxy.client()) {
            waiting.send("GET a\r\n");
            Thread.sleep(2 * TIMEOUT_MILLIS);
            assertThat(proxy.stats()).contains("\"client_idle\":0");
        }
    }

    private static PoolFile pool() {
        return PoolFile.redis().set("client_idle_timeout", TIMEOUT_MILLIS);
    }
}
