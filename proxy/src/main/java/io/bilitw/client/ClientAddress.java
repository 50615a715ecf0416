package io.bilitw.client;

import io.bilitw.net.Transport;
import io.bilitw.pool.Pool;
import io.bilitw.protocol.ClientFacts;
import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Who a client is; addresses are worded only when somebody asks. */
record ClientAddress(long id, Channel channel, long acceptedNanos, Pool pool)
        implements ClientFacts {

    @Override
    public Map<String, Long> poolFigures() {
        return pool.figures();
    }

    @Override
    public String remoteAddress() {
        return channel.remoteAddress() == null ? "unix" : Transport.text(channel.remoteAddress());
    }

    @Override
    public String localAddress() {
        return channel.localAddress() == null ? "unix" : Transport.text(channel.localAddress());
    }

    /** The remote address: lines of the log name clients so. */
    @Override
    public String toString() {
        return remoteAddress();
    }

    @Override
    public long ageSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - acceptedNanos);
    }
}
