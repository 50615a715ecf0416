package io.bilitw.fuzz;

import io.bilitw.protocol.ClientFacts;
import java.util.Map;

/** A client without a connection. */
record SampleClient() implements ClientFacts {

    @Override
    public long id() {
        return 7;
    }

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
