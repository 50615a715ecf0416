package io.bilitw.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bilitw.protocol.memcache.MemcacheProtocol;
import io.bilitw.protocol.memcache.MemcacheSettings;

/** Anything that a client of a memcached pool may send. */
class MemcacheRequestFuzzTest {

    private static final int WITH_FLUSH = 2;

    private static final MemcacheProtocol FLUSHING = protocol(true);
    private static final MemcacheProtocol KEEPING = protocol(false);

    private static MemcacheProtocol protocol(boolean allowsFlush) {
        return new MemcacheProtocol(new MemcacheSettings("fuzz", allowsFlush, "0"));
    }

    @FuzzTest
    void findsTheSameRequestsHoweverTheyAreCut(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        RequestLaws.hold(input.flag(WITH_FLUSH) ? FLUSHING : KEEPING, input);
    }
}
