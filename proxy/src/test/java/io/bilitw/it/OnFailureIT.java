package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.KeysOn;
import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import org.junit.jupiter.api.Test;

/** Reads of a dead redis server's keys in a pool that takes it for one that has forgotten them. */
class OnFailureIT {

    private static final String REFUSED = "-ERR Connection refused\r\n";

    @Test
    void answersWithTheNullOfResp3WhoeverSpeaksThat() {
        try (ProxiedServers servers =
                        ProxiedServers.start(3, pool -> pool.set("on_failure", "miss"));
                RespClient client = servers.client()) {
            KeysOn keysOn = servers.keysOn();
            String a = keysOn.of(servers.server(0));
            String b = keysOn.of(servers.server(1));
            client.call("SET", a, "1");
            servers.server(1).kill();

            client.send(Resp.request("HELLO", "3"))
                    .send(Resp.request("ECHO", "hello is answered"))
                    .send(Resp.request("GET", b))
                    .send(Resp.request("HGET", b, "f"))
                    .send(Resp.request("MGET", b, a, b))
                    .send(Resp.request("HMGET", b, "f", "g"))
                    .send(Resp.request("SET", b, "2"))
                    .send(Resp.request("QUIT"));
            assertThat(client.readToEnd())
                    .startsWith("%")
                    .endsWith(
                            Resp.bulk("hello is answered")
                                    + "_\r\n_\r\n"
                                    + "*3\r\n_\r\n$1\r\n1\r\n_\r\n"
                                    + "*2\r\n_\r\n_\r\n"
                                    + REFUSED
                                    + "+OK\r\n");
        }
    }

    @Test
    void answersPlainReadsWithNullAndFailsTheRest() {
        try (ProxiedServers servers =
                        ProxiedServers.start(3, pool -> pool.set("on_failure", "miss"));
                RespClient client = servers.client()) {
            KeysOn keysOn = servers.keysOn();
            String a = keysOn.of(servers.server(0));
            String b = keysOn.of(servers.server(1));
            String c = keysOn.of(servers.server(2));
            assertThat(client.call("MSET", a, "1", b, "2", c, "3").text()).isEqualTo("+OK\r\n");
            servers.server(1).kill();

            assertThat(client.call("GET", b).text()).isEqualTo("$-1\r\n");
            assertThat(client.call("HGET", b, "f").text()).isEqualTo("$-1\r\n");
            assertThat(client.call("HMGET", b, "f", "g").elements()).containsExactly(null, null);
            assertThat(client.call("MGET", c, b, a, b).elements())
                    .containsExactly("3", null, "1", null);
            assertThat(client.call("MGET", b, b).elements()).containsExactly(null, null);
            assertThat(client.call("SET", b, "4").text()).isEqualTo(REFUSED);
            assertThat(client.call("INCR", b).text()).isEqualTo(REFUSED);
            assertThat(client.call("DEL", a, b).text()).isEqualTo(REFUSED);
            assertThat(client.call("EXISTS", b).text()).isEqualTo(REFUSED);
            assertThat(client.call("GET", c).value()).isEqualTo("3");

            servers.server(1).restart();
            assertThat(client.call("SET", b, "5").text()).isEqualTo("+OK\r\n");
            assertThat(client.call("MGET", b, c).elements()).containsExactly("5", "3");
        }
    }
}
