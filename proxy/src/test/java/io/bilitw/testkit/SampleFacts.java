package io.bilitw.testkit;

import io.bilitw.protocol.ClientFacts;
import java.util.Map;

/**
 * A client that has been connected for a minute and a second.
 *
 * @param id its number
 */
public record SampleFacts(long id) implements ClientFacts {

    @Override
    public String remoteAddress() {
        return "10.0.0.1:4000";
    }

    @Override
    public String localAddress() {
        return "10.0.0.2:22121";
    }

    @Override
    public Map<String, Long> poolFigures() {
        return Map.of("client_connections", 5L);
    }

    @Override
    public long ageSeconds() {
        return 61;
    }
}
