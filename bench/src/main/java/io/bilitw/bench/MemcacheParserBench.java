package io.bilitw.bench;

import io.bilitw.protocol.memcache.MemcacheProtocol;
import io.bilitw.protocol.memcache.MemcacheSettings;
import org.openjdk.jmh.annotations.Param;

/** The parsers of memcached. */
public class MemcacheParserBench extends ParserBench {

    private static final String VALUE = "x".repeat(32);

    /** What is parsed: the request, and a response to it. */
    public enum Message {
        GET("get key:000000012345\r\n", "VALUE key:000000012345 0 32\r\n" + VALUE + "\r\nEND\r\n"),
        SET("set key:000000012345 0 0 32\r\n" + VALUE + "\r\n", "STORED\r\n"),
        GET_10(
                "get" + " key:000000012345".repeat(10) + "\r\n",
                ("VALUE key:000000012345 0 32\r\n" + VALUE + "\r\n").repeat(10) + "END\r\n"),
        MISS("mg key:000000012345 v\r\n", "EN\r\n"),
        MG("mg key:000000012345 v q O7 k\r\n", "VA 32 O7 kkey:000000012345\r\n" + VALUE + "\r\n");

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
    public MemcacheParserBench() {
        super(new MemcacheProtocol(new MemcacheSettings("bench", false, "0")));
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
