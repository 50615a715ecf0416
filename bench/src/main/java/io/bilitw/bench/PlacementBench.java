package io.bilitw.bench;

import io.bilitw.distribution.Distribution;
import io.bilitw.distribution.DistributionType;
import io.bilitw.distribution.LiveServer;
import io.bilitw.hash.HashType;
import io.bilitw.hash.KeyHash;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of finding the server of one key: its hash, then the place of the hash on the continuum.
 * Target: 0 B/op.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class PlacementBench {

    private static final int KEYS = 1 << 12; // too many for the processor to learn their way

    @Param({"FNV1A_64", "MD5"})
    HashType hash;

    @Param({"3", "20", "200"})
    int servers;

    @Param({"8", "64"})
    int keyBytes;

    private KeyHash function;
    private Distribution distribution;
    private ByteBuf keys;
    private int next;

    @Setup
    public void placeServers() {
        function = hash.newHash();
        List<LiveServer> live =
                IntStream.range(0, servers)
                        .mapToObj(i -> new LiveServer(i, "10.0.0." + i + ":6379", 1))
                        .toList();
        distribution = DistributionType.KETAMA.build(live);
        byte[] random = new byte[KEYS * keyBytes];
        new SplittableRandom(1).nextBytes(random);
        keys = Unpooled.directBuffer(random.length).writeBytes(random);
    }

    @Benchmark
    public int findServer() {
        next = (next + 1) & (KEYS - 1);
        int from = next * keyBytes;
        return distribution.serverIndex(function.hash(keys, from, from + keyBytes));
    }
}
