package io.bilitw.bench.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bilitw.bench.load.LoadProtocol;
import io.bilitw.bench.process.BenchException;
import io.bilitw.bench.process.CacheServer;
import io.bilitw.bench.process.Children;
import io.bilitw.bench.process.FirstAnswer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Two servers of each protocol, and bilitw before them with two workers and its own JVM flags. */
final class SoakStand {

    private static final String PROCESSORS = "0,1";
    private static final int WORKERS = 2;
    private static final int STATS_MILLIS = 10_000;

    /** Lets jcmd ask the master, whose QUIT, by which a JVM else learns of that, ends it. */
    private static final String JAVA_OPTIONS = "BILITW_JAVA_OPTS=-XX:+StartAttachListener ";

    private final Children children;
    private final List<CacheServer> servers = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final int statsPort;
    private final Process master;
    private int restarts;

    /** Starts all and waits until both protocols are answered. */
    SoakStand(Path home, Children children) throws IOException, BenchException {
        this.children = children;
        StringBuilder pools = new StringBuilder();
        for (LoadProtocol protocol : LoadProtocol.values()) {
            CacheServer one = CacheServer.start(children, PROCESSORS, protocol);
            CacheServer two = CacheServer.start(children, PROCESSORS, protocol);
            servers.addAll(List.of(one, two));
            int port = Children.freePort();
            targets.add(new Target(protocol, Dialect.of(protocol), port));
            pools.append(pool(protocol, port, one, two));
        }
        statsPort = Children.freePort();
        master = start(home, Files.writeString(children.directory().resolve("soak.yml"), pools));
        for (Target target : targets) {
            FirstAnswer.await(children, target.protocol(), target.port(), master);
        }
    }

    private Process start(Path home, Path configuration) throws IOException {
        String options = System.getenv().getOrDefault("BILITW_JAVA_OPTS", "");
        return children.start(
                PROCESSORS,
                "env",
                JAVA_OPTIONS + options,
                home.resolve("bin/bilitw").toString(),
                "--worker-num=" + WORKERS,
                "--stats-addr=127.0.0.1",
                "--stats-port=" + statsPort,
                "--http-port=0",
                "--conf-file=" + configuration);
    }

    /** Memcached servers are ejected when they fail, so that this way is gone as well. */
    private static String pool(LoadProtocol protocol, int port, CacheServer one, CacheServer two) {
        return """
        %s:
          listen: 127.0.0.1:%d
          redis: %b
          timeout: 5000
          hash: fnv1a_64
          distribution: ketama
          auto_eject_hosts: %b
          server_retry_timeout: 1000
          servers:
            - 127.0.0.1:%d:1
            - 127.0.0.1:%d:1
        """
                .formatted(
                        protocol,
                        port,
                        protocol == LoadProtocol.REDIS,
                        protocol == LoadProtocol.MEMCACHED,
                        one.port(),
                        two.port());
    }

    List<Target> targets() {
        return targets;
    }

    boolean isAlive() {
        return master.isAlive();
    }

    long master() {
        return master.pid();
    }

    /** Returns the processes of all workers, old ones first. */
    List<Long> workers() {
        return master.children().map(ProcessHandle::pid).sorted().toList();
    }

    /** Has the proxy read its configuration anew, which takes some time. */
    void reload() throws IOException {
        new ProcessBuilder("kill", "-HUP", String.valueOf(master.pid())).start();
    }

    /** Tells whether so many reloads are over and have left no old worker behind. */
    boolean hasReloaded(int times) throws IOException {
        return stats().number("reloads") >= times && workers().size() == WORKERS;
    }

    /** Returns the next server that shall be restarted, each in its turn. */
    CacheServer nextServer() {
        return servers.get(restarts++ % servers.size());
    }

    /** Asks the proxy for its figures. */
    Stats stats() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(Children.loopback(statsPort), STATS_MILLIS);
            socket.setSoTimeout(STATS_MILLIS);
            return new Stats(new String(socket.getInputStream().readAllBytes(), UTF_8));
        }
    }

    /** Returns the lines of the proxy's log that tell of something bad. */
    List<String> complaints() throws IOException {
        try (Stream<String> lines = Files.lines(children.output())) {
            return lines.filter(line -> line.matches("\\[[^]]*\\] (warn|error) .*")).toList();
        }
    }
}
