package io.bilitw.bench.matrix;

import io.bilitw.bench.load.LoadException;
import io.bilitw.bench.load.LoadOptions;
import io.bilitw.bench.load.LoadProtocol;
import java.util.List;
import java.util.Locale;

/**
 * One workload.
 *
 * @param command get, set, mget:N or mset:N, as the load generator takes it
 */
record BenchRow(
        LoadProtocol protocol,
        String command,
        int clients,
        int pipeline,
        int valueBytes,
        Goal goal) {

    /** All workloads; those with values of one length stand together, as they share them. */
    static final List<BenchRow> ALL =
            List.of(
                    redis("get", 50, 1, 32, Goal.LEVEL),
                    redis("set", 50, 1, 32, Goal.LEVEL),
                    redis("get", 50, 16, 32, Goal.PIPELINE_16),
                    redis("set", 50, 16, 32, Goal.PIPELINE_16),
                    redis("get", 50, 64, 32, Goal.PIPELINE_64),
                    redis("set", 50, 64, 32, Goal.PIPELINE_64),
                    redis("get", 500, 1, 32, Goal.LEVEL),
                    redis("get", 5000, 1, 32, Goal.LEVEL),
                    redis("mget:10", 50, 1, 32, Goal.NONE),
                    redis("mget:100", 50, 1, 32, Goal.MANY_KEYS),
                    redis("mget:1000", 50, 1, 32, Goal.MANY_KEYS),
                    redis("mset:100", 50, 1, 32, Goal.MANY_KEYS),
                    redis("get", 50, 1, 4 << 10, Goal.LONG_VALUE),
                    redis("set", 50, 1, 4 << 10, Goal.LONG_VALUE),
                    redis("get", 50, 1, 64 << 10, Goal.LONG_VALUE),
                    redis("set", 50, 1, 64 << 10, Goal.LONG_VALUE),
                    redis("get", 50, 1, 1 << 20, Goal.LONG_VALUE),
                    redis("set", 50, 1, 1 << 20, Goal.LONG_VALUE),
                    memcached("get", 1, 32, Goal.LEVEL),
                    memcached("set", 1, 32, Goal.LEVEL),
                    memcached("get", 16, 32, Goal.PIPELINE_16),
                    memcached("set", 16, 32, Goal.PIPELINE_16),
                    memcached("mget:100", 1, 32, Goal.NONE),
                    memcached("get", 1, 4 << 10, Goal.LEVEL),
                    memcached("set", 1, 4 << 10, Goal.LEVEL),
                    memcached("get", 16, 4 << 10, Goal.PIPELINE_16),
                    memcached("set", 16, 4 << 10, Goal.PIPELINE_16));

    private static final int WARM_UP_PIPELINE = 16;
    private static final int MAX_PIPELINED_BYTES = 4 << 10;
    private static final int MAX_KEYS = 100_000;
    private static final int MAX_BYTES_OF_ALL_VALUES = 128 << 20;
    private static final int MAX_REQUESTS = 2_000_000;
    private static final int FILL_CLIENTS = 8;
    private static final int SPARE_SECONDS = 60;

    private static BenchRow redis(
            String command, int clients, int pipeline, int valueBytes, Goal goal) {
        return new BenchRow(LoadProtocol.REDIS, command, clients, pipeline, valueBytes, goal);
    }

    private static BenchRow memcached(String command, int pipeline, int valueBytes, Goal goal) {
        return new BenchRow(LoadProtocol.MEMCACHED, command, 50, pipeline, valueBytes, goal);
    }

    /** Returns a workload before which a proxy is warm: in pipelines, unless values are long. */
    BenchRow forWarmUp() {
        int warming = valueBytes > MAX_PIPELINED_BYTES ? 1 : WARM_UP_PIPELINE;
        return new BenchRow(protocol, command, clients, warming, valueBytes, Goal.NONE);
    }

    /** Returns the name, whose words select the row. */
    String name() {
        return String.format(
                Locale.ROOT,
                "%s %s %s c%d p%d",
                protocol,
                command,
                bytesText(valueBytes),
                clients,
                pipeline);
    }

    private static String bytesText(int bytes) {
        return bytes >= 1 << 20
                ? (bytes >> 20) + "MB"
                : bytes >= 1 << 10 ? (bytes >> 10) + "KB" : bytes + "B";
    }

    /** Returns how many keys there are, which are fewer when values are long. */
    static int keys(int valueBytes) {
        return Math.min(MAX_KEYS, MAX_BYTES_OF_ALL_VALUES / valueBytes);
    }

    /** Returns the load on a port that lasts so long, or until enough requests are answered. */
    LoadOptions load(int port, int millis, int seed, String... more) throws LoadException {
        return options(
                port,
                String.join(" ", more),
                "--command " + command,
                "--clients " + clients,
                "--pipeline " + pipeline,
                "--requests " + MAX_REQUESTS,
                "--millis " + millis,
                "--seconds " + (millis / 1000 + SPARE_SECONDS),
                "--seed " + seed);
    }

    /** Returns the load that sets every key, by few clients, as nothing of it may time out. */
    LoadOptions fill(int port) throws LoadException {
        return options(port, "--fill", "--clients " + FILL_CLIENTS);
    }

    /** Returns a load with options of the load generator, on the keys and values of the row. */
    LoadOptions options(int port, String... more) throws LoadException {
        String words =
                "--protocol %s --port %d --bytes %d --keys %d %s"
                        .formatted(
                                protocol,
                                port,
                                valueBytes,
                                keys(valueBytes),
                                String.join(" ", more));
        return LoadOptions.parse(words.strip().split(" +", -1));
    }
}
