package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.ProxiedServers;
import org.junit.jupiter.api.Test;

/**
 * The Python client of the distribution, through the proxy: clients/redis_py.py says what it tries.
 */
class PythonClientIT {

    @Test
    void servesRedisPy() {
        try (ProxiedServers servers = ProxiedServers.start(3)) {
            String port = Integer.toString(servers.proxy().port());
            String script = ClientProgram.SCRIPTS.resolve("redis_py.py").toString();
            // The distribution's own python3: it is the one that has the distribution's redis-py.
            assertThat(ClientProgram.run("/usr/bin/python3", script, port).succeeded())
                    .matches("(?s).*\\nRan [1-9]\\d* tests in [^\\n]*\\n\\nOK\\n");
        }
    }
}
