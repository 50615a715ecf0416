package io.bilitw.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bilitw.protocol.redis.RedisProtocol;
import io.bilitw.protocol.redis.RedisSettings;
import io.bilitw.stats.SlowLog;
import org.jspecify.annotations.Nullable;

/** Anything that a client of a redis pool may send. */
class RedisRequestFuzzTest {

    private static final int WITH_PASSWORD = 2;

    private static final RedisProtocol OPEN = protocol(null);
    private static final RedisProtocol LOCKED = protocol(RedisConversations.PASSWORD);

    private static RedisProtocol protocol(@Nullable String password) {
        return new RedisProtocol(new RedisSettings("fuzz", password, 0, "0", SlowLog.inProcess()));
    }

    @FuzzTest
    void findsTheSameRequestsHoweverTheyAreCut(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        RequestLaws.hold(input.flag(WITH_PASSWORD) ? LOCKED : OPEN, input);
    }
}
