package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.ProxiedMemcached;
import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.ProxyProcess;
import org.junit.jupiter.api.Test;

/**
 * The Python clients of the distribution, through the proxy: the scripts of clients/ say what they
 * try.
 */
class PythonClientIT {

    @Test
    void servesRedisPy() {
        try (ProxiedServers servers = ProxiedServers.start(3)) {
            assertPasses("redis_py.py", servers.proxy());
        }
    }

    @Test
    void servesPythonMemcachedAndPymemcache() {
        try (ProxiedMemcached servers = ProxiedMemcached.start(3)) {
            assertPasses("memcached_py.py", servers.proxy());
        }
    }

    private static void assertPasses(String script, ProxyProcess proxy) {
        String path = ClientProgram.SCRIPTS.resolve(script).toString();
        String port = Integer.toString(proxy.port());
        // The distribution's own python3: it is the one that has the distribution's clients.
        assertThat(ClientProgram.run("/usr/bin/python3", path, port).succeeded())
                .matches("(?s).*\\nRan [1-9]\\d* tests in [^\\n]*\\n\\nOK\\n");
    }
}
