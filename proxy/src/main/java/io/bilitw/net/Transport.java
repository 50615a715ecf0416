package io.bilitw.net;

import io.bilitw.config.Address;
import io.bilitw.config.TcpAddress;
import io.bilitw.config.UnixAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Consumer;

/** The way to the kernel: epoll. The rest of the code names none of its classes. */
public final class Transport {

    /**
     * How a connection to a server is made.
     *
     * @param connectMillis how long the connect may take
     * @param isKeptAlive whether the kernel probes the connection when it is idle
     */
    public record Settings(int connectMillis, boolean isKeptAlive) {}

    private Transport() {}

    /** Makes the one event loop of a worker; {@code name} is that of its thread. */
    public static EventLoopGroup newEventLoop(String name) {
        return new MultiThreadIoEventLoopGroup(
                1, Thread.ofPlatform().name(name).factory(), EpollIoHandler.newFactory());
    }

    /** Begins to connect {@code connection} to a TCP address. */
    public static ChannelFuture connectTcp(
            EventLoop eventLoop,
            InetSocketAddress address,
            Connection connection,
            Settings settings) {
        return bootstrap(eventLoop, connection, settings)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, settings.isKeptAlive())
                .connect(address);
    }

    /** Begins to connect {@code connection} to a unix socket. */
    public static ChannelFuture connectUnix(
            EventLoop eventLoop, String path, Connection connection, Settings settings) {
        return bootstrap(eventLoop, connection, settings)
                .channel(EpollDomainSocketChannel.class)
                .connect(new DomainSocketAddress(path));
    }

    /**
     * Accepts clients on a socket that listens already, which now belongs to the channel.
     *
     * @param onAccept is given each accepted socket, on {@code eventLoop}, before anything is read
     *     from it
     */
    static ChannelFuture acceptOn(
            EventLoop eventLoop, Listener.Settings settings, Consumer<Channel> onAccept) {
        int descriptor = settings.descriptor();
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(eventLoop)
                        .handler(new AcceptPause(settings.address()))
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .childHandler(accepting(onAccept));
        switch (settings.address()) {
            case UnixAddress _ ->
                    bootstrap.channelFactory(
                            () -> new EpollServerDomainSocketChannel(descriptor, true));
            case TcpAddress _ ->
                    bootstrap
                            .channelFactory(() -> new EpollServerSocketChannel(descriptor))
                            .childOption(ChannelOption.TCP_NODELAY, true)
                            .childOption(ChannelOption.SO_KEEPALIVE, settings.isKeptAlive());
        }
        return bootstrap.register();
    }

    /**
     * Makes a channel of a client's socket that another process has accepted, ready to be {@link
     * #register registered}.
     */
    public static Channel adopt(int descriptor, Address listen) {
        Channel channel =
                switch (listen) {
                    case UnixAddress _ -> new EpollDomainSocketChannel(descriptor);
                    case TcpAddress _ -> new EpollSocketChannel(descriptor);
                };
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        return channel;
    }

    /** Puts an adopted channel on its event loop, from where on it is read. */
    public static ChannelFuture register(EventLoop eventLoop, Channel channel) {
        return eventLoop.register(channel);
    }

    /** The form in which an operator writes {@code address}. */
    public static String text(SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            Address shown = new TcpAddress(inet.getAddress().getHostAddress(), inet.getPort());
            return shown.toString();
        }
        return address instanceof DomainSocketAddress unix ? unix.path() : address.toString();
    }

    private static Bootstrap bootstrap(
            EventLoop eventLoop, Connection connection, Settings settings) {
        return new Bootstrap()
                .group(eventLoop)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, settings.connectMillis())
                .handler(accepting(connection::attach));
    }

    private static ChannelHandler accepting(Consumer<Channel> onSocket) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                onSocket.accept(channel);
            }
        };
    }
}
