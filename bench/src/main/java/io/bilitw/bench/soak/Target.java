package io.bilitw.bench.soak;

import io.bilitw.bench.load.LoadProtocol;

/** Where clients connect, and how they speak there. */
record Target(LoadProtocol protocol, Dialect dialect, int port) {

    String name() {
        return protocol.toString();
    }
}
