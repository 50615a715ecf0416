package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.ProxiedMemcached;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The tools that come with libmemcached: its test of servers, and the small ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemcacheToolsIT {

    private final ProxiedMemcached servers =
            ProxiedMemcached.start(3, pool -> pool.set("allow_flush", "true"));
    private final String port = Integer.toString(servers.proxy().port());

    @AfterAll
    void stop() {
        servers.close();
    }

    /** memccapable knows what a memcached has to answer to 27 kinds of text requests. */
    @Test
    void passesForAMemcached() {
        String output =
                ClientProgram.run("memccapable", "-h", "127.0.0.1", "-p", port, "-a").succeeded();
        assertThat(output).contains("All tests passed");
        assertThat(output.split("\\[pass\\]", -1)).hasSize(28);
    }

    @Test
    void servesTheSmallTools() {
        try (MemcacheClient client = servers.client()) {
            assertThat(client.call("set small 0 0 5\r\nvalue\r\n")).isEqualTo("STORED\r\n");
        }
        String address = "--servers=127.0.0.1:" + port;
        assertThat(ClientProgram.run("memccat", address, "small").succeeded()).contains("value");
        assertThat(ClientProgram.run("memcstat", address).succeeded()).contains("pool: alpha");
        ClientProgram.run("memcping", address).succeeded();
        ClientProgram.run("memcrm", address, "small").succeeded();
        try (MemcacheClient client = servers.client()) {
            assertThat(client.call("get small\r\n")).isEqualTo("END\r\n");
        }
    }
}
