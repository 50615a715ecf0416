package io.bilitw.bench;

import io.bilitw.protocol.redis.RedisProtocol;
import io.bilitw.protocol.redis.RedisSettings;
import io.bilitw.stats.SlowLog;
import org.openjdk.jmh.annotations.Param;

/** The parsers of redis. */
public class RedisParserBench extends ParserBench {

    private static final String VALUE = "x".repeat(32);

    /** What is parsed: the request, and a response to it. */
    public enum Message {
        GET("*2\r\n$3\r\nGET\r\n$16\r\nkey:000000012345\r\n", "$32\r\n" + VALUE + "\r\n"),
        SET("*3\r\n$3\r\nSET\r\n$16\r\nkey:000000012345\r\n$32\r\n" + VALUE + "\r\n", "+OK\r\n"),
        MGET_10(
                "*11\r\n$4\r\nMGET\r\n" + "$16\r\nkey:000000012345\r\n".repeat(10),
                "*10\r\n" + ("$32\r\n" + VALUE + "\r\n").repeat(10)),
        EVAL(
                "*4\r\n$4\r\nEVAL\r\n$8\r\nreturn 1\r\n$1\r\n1\r\n$16\r\nkey:000000012345\r\n",
                ":1\r\n");

        private final String request;
        private final String response;

        Message(String request, String response) {
            this.request = request;
            this.response = response;
        }
    }

    /** The message. */
    @Param Message message = Message.GET;

    /** Speaks the protocol as a pool with default settings does. */
    public RedisParserBench() {
        super(new RedisProtocol(new RedisSettings("bench", null, 0, "0", SlowLog.inProcess())));
    }

    @Override
    String requestText() {
        return message.request;
    }

    @Override
    String responseText() {
        return message.response;
    }
}
