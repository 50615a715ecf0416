package io.bilitw.master;

import io.bilitw.config.Address;
import io.bilitw.config.Config;
import io.bilitw.config.FileFault;
import io.bilitw.config.PoolConfig;
import io.bilitw.config.TcpAddress;
import io.bilitw.config.UnixAddress;
import io.bilitw.os.Account;
import io.bilitw.os.Descriptors;
import io.bilitw.os.ListeningSocket;
import io.bilitw.os.OsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening sockets of all pools. They stay open from the first configuration that names their
 * address to the last one, whatever happens to the workers, so no client that waits to be accepted
 * is lost.
 *
 * <p>A TCP address has one socket for each worker, over which the kernel spreads the clients. A
 * unix socket is shared by all workers.
 */
final class ListenSockets {

    private static final Logger log = LoggerFactory.getLogger("master");

    /** An address may be in use by workers whose master was killed, for a moment. */
    private static final int ATTEMPTS = 40;

    private static final long ATTEMPT_MILLIS = 50;

    private final int workers;
    private final Map<String, int[]> open = new LinkedHashMap<>();

    /** Makes an empty set for so many workers. */
    ListenSockets(int workers) {
        this.workers = workers;
    }

    /**
     * Opens what {@code config} names and is not open yet.
     *
     * @return the addresses opened, to be {@linkplain #close closed} if nothing comes of the
     *     configuration
     * @throws IOException with a sentence for the operator; nothing new is open then
     */
    List<String> openMissing(Config config) throws IOException {
        List<String> opened = new ArrayList<>();
        for (PoolConfig pool : config.pools()) {
            String address = pool.listen().toString();
            if (open.containsKey(address)) {
                continue;
            }
            try {
                open.put(address, open(pool));
                opened.add(address);
            } catch (IOException e) {
                opened.forEach(this::close);
                throw new IOException(
                        "pool '%s' cannot listen on '%s': %s"
                                .formatted(pool.name(), address, FileFault.reason(e)),
                        e);
            }
        }
        return opened;
    }

    /** The socket of worker {@code index} at {@code address}, which stays this object's. */
    int socket(Address address, int index) {
        int[] sockets = open.get(address.toString());
        if (sockets == null) {
            throw new IllegalStateException(address + " is not open");
        }
        return sockets[index];
    }

    /**
     * Closes the sockets that {@code config} does not name, and gives the others the permissions
     * that it says.
     */
    void serveOnly(Config config) {
        for (PoolConfig pool : config.pools()) {
            if (pool.listen() instanceof UnixAddress socket) {
                try {
                    permit(socket);
                } catch (IOException e) {
                    log.error("cannot set the permission of '{}': {}", socket, e.toString());
                }
            }
        }
        List<String> named = config.pools().stream().map(pool -> pool.listen().toString()).toList();
        for (String address : List.copyOf(open.keySet())) {
            if (!named.contains(address)) {
                close(address);
            }
        }
    }

    /** Makes the files of unix sockets the property of {@code account}, who may remove them. */
    void handTo(Account account) throws OsException {
        for (String address : open.keySet()) {
            if (address.startsWith("/")) {
                account.own(Path.of(address));
            }
        }
    }

    /** Closes all, and removes the files of unix sockets. */
    void closeAll() {
        List.copyOf(open.keySet()).forEach(this::close);
    }

    /** Closes the sockets of one address. */
    void close(String address) {
        int[] sockets = open.remove(address);
        if (sockets != null) {
            Arrays.stream(sockets).distinct().forEach(Descriptors::close);
            if (address.startsWith("/")) {
                try {
                    Files.deleteIfExists(Path.of(address));
                } catch (IOException _) {
                    // It stays behind, and is replaced by whoever listens there next.
                }
            }
        }
    }

    private int[] open(PoolConfig pool) throws IOException {
        return switch (pool.listen()) {
            case UnixAddress socket -> openUnix(socket, pool.backlog());
            case TcpAddress(String host, int port) -> {
                InetSocketAddress address =
                        new InetSocketAddress(InetAddress.getByName(host), port);
                if (!pool.reuseport()) {
                    awaitFree(address);
                }
                yield openTcp(address, pool.backlog());
            }
        };
    }

    private int[] openUnix(UnixAddress socket, int backlog) throws IOException {
        removeOldSocket(Path.of(socket.path()));
        int[] sockets = new int[workers];
        int most = socket.permission();
        Arrays.fill(
                sockets,
                most == 0
                        ? ListeningSocket.openUnix(socket.path(), backlog)
                        : ListeningSocket.openUnix(socket.path(), backlog, most));
        try {
            permit(socket);
        } catch (IOException e) {
            Descriptors.close(sockets[0]);
            Files.deleteIfExists(Path.of(socket.path()));
            throw new IOException("its permission cannot be set: " + FileFault.reason(e), e);
        }
        return sockets;
    }

    private int[] openTcp(InetSocketAddress address, int backlog) throws OsException {
        int[] sockets = new int[workers];
        for (int i = 0; i < workers; i++) {
            try {
                sockets[i] = ListeningSocket.openTcp(address, backlog, true);
            } catch (OsException e) {
                Arrays.stream(sockets).limit(i).forEach(Descriptors::close);
                throw e;
            }
        }
        return sockets;
    }

    private static void permit(UnixAddress socket) throws IOException {
        if (socket.permission() != 0) {
            Files.setPosixFilePermissions(Path.of(socket.path()), permissions(socket.permission()));
        }
    }

    /**
     * Sees to it that nobody else listens there: sockets that share a port would not notice, and
     * clients would be spread over both programs.
     */
    private static void awaitFree(InetSocketAddress address) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Descriptors.close(ListeningSocket.openTcp(address, 1, false));
                return;
            } catch (OsException e) {
                if (!e.isAddressInUse() || attempt == ATTEMPTS) {
                    throw e;
                }
                if (attempt == 1) {
                    log.warn("{} is in use, waiting a moment", address);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ATTEMPT_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** An old unix socket at the same path is replaced, any other file is not. */
    private static void removeOldSocket(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
                throw new IOException("the file exists and is not a socket");
            }
            Files.delete(file);
        }
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
}
