package io.bilitw.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bilitw.protocol.redis.RedisProtocol;
import io.bilitw.protocol.redis.RedisSettings;
import io.bilitw.stats.SlowLog;

/** Anything that a redis server may send. */
class RedisResponseFuzzTest {

    /** Number of the flag that says that the server speaks RESP3. */
    static final int RESP3 = 1;

    private static final RedisProtocol PROTOCOL =
            new RedisProtocol(new RedisSettings("fuzz", null, 0, "0", SlowLog.inProcess()));

    @FuzzTest
    void findsTheSameResponsesHoweverTheyAreCut(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        int dialect = input.flag(RESP3) ? 1 : 0;
        ResponseLaws.hold(
                () -> new ResponseReader(PROTOCOL.newResponseParser(dialect), (_, _) -> {}), input);
    }
}
