package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code client_connections} holds for all workers together. */
class ClientLimitIT {

    private static final int LIMIT = 10;
    private static final int CLIENTS = 40;

    private final RedisServer redis = RedisServer.start();
    private final List<RespClient> served = new ArrayList<>();

    @AfterEach
    void stop() {
        served.forEach(RespClient::close);
        redis.close();
    }

    @Test
    void holdsForAllWorkersTogetherAndThroughReloadsAndCrashes() {
        PoolFile pool = PoolFile.redis().set("client_connections", LIMIT).server(redis);
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, pool)) {
            comeAndBeRefused(proxy, CLIENTS);
            assertThat(served).hasSize(LIMIT);

            served.removeLast().close();
            awaitOneServed(proxy);
            assertThat(served).hasSize(LIMIT);

            proxy.signal("HUP");
            proxy.awaitLog("reload is done", 1);
            assertThat(served).allMatch(ClientLimitIT::isServed);
            comeAndBeRefused(proxy, CLIENTS / 2);
            assertThat(served).as("after a reload").hasSize(LIMIT);

            ProxyProcess.signal("KILL", proxy.worker("bilitw worker 0"));
            proxy.awaitLog("ended by signal 9", 1);
            proxy.awaitLog(" is ready after ", 5);
            served.removeIf(client -> !isServed(client));
            int left = served.size();
            comeAndBeRefused(proxy, CLIENTS);
            assertThat(served).as("after a crash that left %d", left).hasSize(LIMIT);
            served.forEach(RespClient::close);
            served.clear();
            awaitOneServed(proxy);
        }
    }

    /** Connects one after the other; who is not served must have been told why. */
    private void comeAndBeRefused(ProxyProcess proxy, int clients) {
        for (int i = 0; i < clients; i++) {
            RespClient client = proxy.client();
            String answer = client.call("PING").text();
            if (answer.equals("+PONG\r\n")) {
                served.add(client);
            } else {
                assertThat(answer).isEqualTo("-ERR max number of clients reached\r\n");
                client.close();
            }
        }
    }

    private void awaitOneServed(ProxyProcess proxy) {
        int before = served.size();
        Awaitility.await()
                .until(() -> {
                    comeAndBeRefused(proxy, 1);
                    return served.size() > before;
                });
    }

    private static boolean isServed(RespClient client) {
        try {
            return client.call("PING").text().equals("+PONG\r\n");
        } catch (RuntimeException _) { // its worker has been killed
            client.close();
            return false;
        }
    }
}
