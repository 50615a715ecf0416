package io.bilitw.net;

import io.bilitw.config.Address;
import io.bilitw.config.TcpAddress;
import io.bilitw.config.UnixAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** A listening socket. */
public final class Listener {

    /**
     * What the socket is like.
     *
     * @param backlog how many clients may wait to be accepted
     * @param isPortShared whether other processes may listen on the same port
     * @param isKeptAlive whether the kernel probes idle clients
     */
    public record Settings(
            Address address, int backlog, boolean isPortShared, boolean isKeptAlive) {}

    private final Channel channel;

    private Listener(Channel channel) {
        this.channel = channel;
    }

    /**
     * Opens the socket and waits until it listens; not to be called on the event loop. An old unix
     * socket at the same path is replaced, any other file is not.
     *
     * @param onAccept is given each accepted socket, on {@code eventLoop}, before anything is read
     *     from it
     * @throws IOException if that is not possible; the message is one for the operator
     */
    public static Listener open(EventLoop eventLoop, Settings settings, Consumer<Channel> onAccept)
            throws IOException {
        try {
            removeOldSocket(settings.address());
            ChannelFuture bound =
                    Transport.listen(
                                    eventLoop,
                                    settings,
                                    socketAddress(settings.address()),
                                    onAccept)
                            .awaitUninterruptibly();
            if (!bound.isSuccess()) {
                throw new IOException(reason(bound.cause()), bound.cause());
            }
            return permitted(new Listener(bound.channel()), settings.address());
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on '" + settings.address() + "': " + e.getMessage(), e);
        }
    }

    /** The address listened on, with the port that the kernel chose if port 0 was asked for. */
    public SocketAddress address() {
        return channel.localAddress();
    }

    /** Stops listening, and waits until that is done. */
    public void close() {
        channel.close().awaitUninterruptibly();
    }

    private static SocketAddress socketAddress(Address address) {
        return switch (address) {
            case UnixAddress(String path, int _) -> new DomainSocketAddress(path);
            case TcpAddress(String host, int port) -> new InetSocketAddress(host, port);
        };
    }

    private static void removeOldSocket(Address address) throws IOException {
        if (address instanceof UnixAddress(String path, int _)) {
            Path file = Path.of(path);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                if (!Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
                    throw new IOException("the file exists and is not a socket");
                }
                Files.delete(file);
            }
        }
    }

    /** Gives the socket file its permission; if that fails, nobody listens there. */
    private static Listener permitted(Listener listener, Address address) throws IOException {
        if (address instanceof UnixAddress(String path, int permission) && permission != 0) {
            try {
                Files.setPosixFilePermissions(Path.of(path), permissions(permission));
            } catch (IOException e) {
                listener.close();
                throw e;
            }
        }
        return listener;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] highestFirst =
                PosixFilePermission.values(); // declared from owner read to others execute
        for (int i = 0; i < highestFirst.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                set.add(highestFirst[i]);
            }
        }
        return set;
    }

    /**
     * The operating system's own words, without the name of the call that Netty puts before them.
     */
    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        int words = message.lastIndexOf(": ");
        return words < 0 ? message : message.substring(words + 2);
    }
}
