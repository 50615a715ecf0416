package io.bilitw.bench;

import io.bilitw.protocol.ClientFacts;
import java.util.Map;

/** A client without a connection. */
final class BenchClient implements ClientFacts {

    @Override
    public long id() {
        return 1;
    }

    @Override
    public String remoteAddress() {
        return "";
    }

    @Override
    public String localAddress() {
        return "";
    }

    @Override
    public Map<String, Long> poolFigures() {
        return Map.of();
    }

    @Override
    public long ageSeconds() {
        return 0;
    }
}
