package io.bilitw.distribution;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Any live server, each as likely as the other, whatever the key and whatever the weights: {@code
 * random} of twemproxy's {@code nc_random.c}.
 */
final class RandomChoice implements Distribution {

    private final int[] indexes;

    private RandomChoice(int[] indexes) {
        this.indexes = indexes;
    }

    static RandomChoice over(List<LiveServer> live) {
        return new RandomChoice(live.stream().mapToInt(LiveServer::index).toArray());
    }

    @Override
    public int serverIndex(int hash) {
        return indexes[ThreadLocalRandom.current().nextInt(indexes.length)];
    }

    @Override
    public String describe(int hash) {
        return "random";
    }
}
