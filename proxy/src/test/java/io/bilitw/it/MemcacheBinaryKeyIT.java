package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.ProxiedMemcached;
import io.bilitw.testkit.Resp;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Keys of any bytes, in base64, which memcached 1.6.18 at times writes as they are. */
class MemcacheBinaryKeyIT {

    @Test
    void refusesToAskForKeyThatWouldBeReadAsResponse() {
        try (ProxiedMemcached servers = ProxiedMemcached.start(1);
                MemcacheClient client = servers.client();
                MemcacheClient other = servers.client()) {
            String key = Base64.getEncoder().encodeToString(Resp.bytes("x\r\nVA 4\r\nevil\r\nHD"));
            String refusal = "CLIENT_ERROR bad command line format\r\n";
            assertThat(client.call("mg " + key + " b k N30\r\n")).isEqualTo(refusal);
            assertThat(client.call("ms " + key + " 1 k b\r\n1\r\n")).isEqualTo(refusal);
            assertThat(client.call("ms " + key + " 1 b\r\n1\r\n")).isEqualTo("HD\r\n");
            assertThat(client.call("ms " + key + " 1 b MA\r\n2\r\n")).isEqualTo("HD\r\n");
            client.send("mg " + key + " b k q\r\nmg " + key + " b v Ok\r\n");
            assertThat(other.call("mg none v\r\n")).isEqualTo("EN\r\n");
            assertThat(client.read(2)).containsExactly(refusal, "VA 2 Ok\r\n12\r\n");
            assertThat(client.call("me " + key + " b\r\n")).as("without a k").isEqualTo(refusal);
            assertThat(client.call("me " + key + " x b\r\n")).isEqualTo(refusal);
            assertThat(client.call("me YSBi b\r\n")).isEqualTo("EN\r\n");
            assertThat(client.call("mg Cg= b k\r\n")).as("no base64").isEqualTo(refusal);
            assertThat(client.call("mg YSBi b k N30\r\n")).as("a blank").startsWith("HD k");
        }
    }
}
