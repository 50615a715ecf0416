package io.bilitw.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where processes can be reached, as the kernel knows it (proc(5)). */
public final class ListeningSockets {

    private static final String TCP_LISTEN = "0A";
    private static final int UNIX_LISTEN = 0x10000;

    private ListeningSockets() {}

    /**
     * All addresses at which one of these processes listens, or gets datagrams: {@code tcp
     * 127.0.0.1:80}, {@code udp 0.0.0.0:68}, {@code unix /path}.
     */
    public static Set<String> of(List<Long> processes) {
        Set<String> inodes = new HashSet<>();
        processes.forEach(process -> inodes.addAll(sockets(process)));
        Set<String> found = new TreeSet<>();
        try {
            for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
                for (String[] row : table(protocol)) {
                    boolean isOpen = protocol.startsWith("udp") || row[3].equals(TCP_LISTEN);
                    if (isOpen && inodes.contains(row[9])) {
                        found.add(protocol.substring(0, 3) + " " + address(row[1]));
                    }
                }
            }
            for (String[] row : table("unix")) {
                boolean isOpen = (Integer.parseInt(row[3], 16) & UNIX_LISTEN) != 0;
                if (isOpen && inodes.contains(row[6])) {
                    found.add("unix " + (row.length > 7 ? row[7] : "without a name"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The inodes of the sockets that a process has open. */
    private static Set<String> sockets(long process) {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process), "fd"))) {
            for (Path file : files.toList()) {
                String name = target(file);
                if (name.startsWith("socket:[")) {
                    inodes.add(name.substring("socket:[".length(), name.length() - 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inodes;
    }

    /** What an open file is; nothing if it has been closed meanwhile. */
    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException _) {
            return "";
        }
    }

    private static List<String[]> table(String protocol) throws IOException {
        return Files.readAllLines(Path.of("/proc/net", protocol)).stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+", -1))
                .toList();
    }

    /** Words of 32 bits in the byte order of the machine, a colon, and the port. */
    private static String address(String hex) throws IOException {
        String[] parts = hex.split(":", -1);
        byte[] words = HexFormat.of().parseHex(parts[0]);
        ByteBuffer host = ByteBuffer.allocate(words.length);
        ByteBuffer written = ByteBuffer.wrap(words).order(ByteOrder.nativeOrder());
        while (written.hasRemaining()) {
            host.putInt(written.getInt());
        }
        return InetAddress.getByAddress(host.array()).getHostAddress()
                + ":"
                + Integer.parseInt(parts[1], 16);
    }
}
