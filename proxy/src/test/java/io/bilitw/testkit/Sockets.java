package io.bilitw.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel tells of TCP sockets, as {@code ss} prints it. */
public final class Sockets {

    private Sockets() {}

    /**
     * Says whether the connection from {@code localPort} to {@code peerPort} has a keepalive timer
     * at its local end.
     */
    public static boolean keptAlive(int localPort, int peerPort) {
        return connections("( sport = :" + localPort + " and dport = :" + peerPort + " )")
                .anyMatch(Sockets::hasTimer);
    }

    /**
     * Says whether every connection to {@code peerPort} has a keepalive timer at the end that
     * connected.
     */
    public static boolean keptAliveTo(int peerPort) {
        List<String> connections = connections("( dport = :" + peerPort + " )").toList();
        return !connections.isEmpty() && connections.stream().allMatch(Sockets::hasTimer);
    }

    /** The backlog of the socket that listens on {@code port}. */
    public static int backlog(int port) {
        String line = run("ss", "-Hltn", "( sport = :" + port + " )").findFirst().orElseThrow();
        return Integer.parseInt(line.split("\\s+", -1)[2]);
    }

    private static boolean hasTimer(String connection) {
        return connection.contains("timer:(keepalive");
    }

    private static Stream<String> connections(String filter) {
        return run("ss", "-Htno", "state", "established", filter);
    }

    private static Stream<String> run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var lines = new ArrayList<String>();
            try (var reader = process.inputReader()) {
                reader.lines().forEach(lines::add);
            }
            return lines.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
