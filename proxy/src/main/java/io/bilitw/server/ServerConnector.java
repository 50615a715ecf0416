package io.bilitw.server;

import io.bilitw.config.Address;
import io.bilitw.config.TcpAddress;
import io.bilitw.config.UnixAddress;
import io.bilitw.net.Transport;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets over the network or the file system. A name is resolved anew for each connection,
 * on a thread of its own, so a slow name server never stands in the way of requests and a server
 * that has moved is found again.
 */
public final class ServerConnector implements Connector, AutoCloseable {

    private static final int RESOLVER_THREADS = 4;

    private final EventLoop eventLoop;
    private final ExecutorService resolvers =
            Executors.newFixedThreadPool(
                    RESOLVER_THREADS, Thread.ofPlatform().daemon().name("resolver-", 0).factory());

    /** Makes connections that live on {@code eventLoop}. */
    public ServerConnector(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    @Override
    public void close() {
        resolvers.shutdownNow();
    }

    @Override
    public void connect(Address address, ServerConnection connection, Transport.Settings settings) {
        switch (address) {
            case UnixAddress(String path, int _) ->
                    started(
                            Transport.connectUnix(
                                    eventLoop, path, connection.connection(), settings),
                            connection);
            case TcpAddress tcp -> connectTcp(tcp, connection, settings);
        }
    }

    private void connectTcp(
            TcpAddress address, ServerConnection connection, Transport.Settings settings) {
        InetAddress literal = literal(address.host());
        if (literal != null) {
            connectTo(new InetSocketAddress(literal, address.port()), connection, settings);
            return;
        }
        resolvers.execute(() -> {
            InetAddress found = resolve(address.host());
            eventLoop.execute(() -> {
                if (found == null) {
                    connection.onUnresolved(address.host());
                } else if (!connection.isClosed()) {
                    connectTo(new InetSocketAddress(found, address.port()), connection, settings);
                }
            });
        });
    }

    private void connectTo(
            InetSocketAddress address, ServerConnection connection, Transport.Settings settings) {
        started(
                Transport.connectTcp(eventLoop, address, connection.connection(), settings),
                connection);
    }

    /**
     * A failure is told in a later turn: a socket that could not even be made fails before this
     * returns.
     */
    private void started(ChannelFuture connecting, ServerConnection connection) {
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                connection.onConnected();
            } else {
                eventLoop.execute(() -> connection.onClosed(done.cause()));
            }
        });
    }

    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException _) {
            return null; // a name
        }
    }

    private static @Nullable InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException _) {
            return null;
        }
    }
}
