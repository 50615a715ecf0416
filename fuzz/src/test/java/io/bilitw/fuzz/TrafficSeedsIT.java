package io.bilitw.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.ResponseParser;
import io.bilitw.protocol.memcache.MemcacheProtocol;
import io.bilitw.protocol.memcache.MemcacheSettings;
import io.bilitw.protocol.redis.RedisProtocol;
import io.bilitw.protocol.redis.RedisSettings;
import io.bilitw.stats.SlowLog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Has the conversations with real servers of which the seeds are made, and finds every response in
 * what they send. Writes the seeds anew with {@code -Dbilitw.seeds.write=true}; otherwise it says
 * so when those of the requests are no longer what the conversations are.
 */
@Timeout(60)
class TrafficSeedsIT {

    private static final boolean WRITES = Boolean.getBoolean("bilitw.seeds.write");

    private static final int READ_BYTES = 64 * 1024;

    private final ByteBuf received = Unpooled.buffer();

    @Test
    void everyResponseOfRedisIsFound() throws IOException {
        RedisProtocol protocol =
                new RedisProtocol(new RedisSettings("seeds", null, 0, "0", SlowLog.inProcess()));
        Seeds seeds = new Seeds(RedisRequestFuzzTest.class, RedisResponseFuzzTest.class);
        try (RealServer open = RealServer.redis("");
                RealServer locked = RealServer.redis(RedisConversations.PASSWORD)) {
            haveAll(RedisConversations.OPEN, open, protocol, seeds);
            haveAll(RedisConversations.LOCKED, locked, protocol, seeds);
        }
    }

    @Test
    void everyResponseOfMemcachedIsFound() throws IOException {
        MemcacheProtocol protocol = new MemcacheProtocol(new MemcacheSettings("seeds", false, "0"));
        Seeds seeds = new Seeds(MemcacheRequestFuzzTest.class, MemcacheResponseFuzzTest.class);
        try (RealServer memcached = RealServer.memcached()) {
            haveAll(MemcacheConversations.ALL, memcached, protocol, seeds);
        }
    }

    private void haveAll(
            List<Conversation> conversations, RealServer server, Protocol protocol, Seeds seeds)
            throws IOException {
        for (Conversation conversation : conversations) {
            byte[] responses = have(conversation, server, protocol);
            if (WRITES) {
                seeds.write(conversation, responses);
            }
            seeds.holdWritten(conversation);
        }
    }

    /** Has {@code conversation} over a connection of its own, and returns what the server says. */
    private byte[] have(Conversation conversation, RealServer server, Protocol protocol)
            throws IOException {
        ResponseParser parser = protocol.newResponseParser(conversation.dialect());
        received.clear();
        try (SocketChannel channel = server.connect()) {
            for (Conversation.Turn turn : conversation.turns()) {
                channel.write(ByteBuffer.wrap(turn.wire().getBytes(ISO_8859_1)));
                for (int i = 0; i < turn.responses(); i++) {
                    awaitResponse(channel, parser, turn);
                }
                assertThat(received.isReadable()).as("more said to %s", turn).isFalse();
            }
        }
        return ByteBufUtil.getBytes(received, 0, received.writerIndex());
    }

    private void awaitResponse(SocketChannel channel, ResponseParser parser, Conversation.Turn turn)
            throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(READ_BYTES);
        ParseStatus status = parser.parse(received);
        while (status == ParseStatus.NEED_MORE) {
            assertThat(channel.read(piece.clear())).as("bytes said to %s", turn).isPositive();
            received.writeBytes(piece.flip());
            status = parser.parse(received);
        }
        assertThat(status).as("what is said to %s", turn).isEqualTo(ParseStatus.COMPLETE);
        received.skipBytes(parser.length());
    }
}
