package io.bilitw.bench.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A hundred clients that come all at once, ask, and go, over and over. Most wait for their answers;
 * others go without a word, in the middle of a request, before the answer comes, or talk nonsense.
 */
final class Crowd implements Runnable {

    private static final int CLIENTS = 100;
    private static final int BYTES = 1000;
    private static final int HALF_BYTES = 60_000;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Load load;
    private final Target target;
    private final List<OwnKeys> keys;
    private final Random random = new Random(CLIENTS);

    Crowd(Load load, Target target) {
        this.load = load;
        this.target = target;
        keys =
                IntStream.range(0, CLIENTS)
                        .mapToObj(i -> new OwnKeys(name() + i, 1, load.disturbances()))
                        .toList();
    }

    private String name() {
        return target.name() + "-crowd";
    }

    @Override
    public void run() {
        while (!load.isOver()) {
            LockSupport.parkNanos(PAUSE_NANOS);
            List<Thread> clients = new ArrayList<>();
            for (OwnKeys each : keys) {
                int way = random.nextInt(100);
                clients.add(Thread.startVirtualThread(() -> come(each, way)));
            }
            clients.forEach(Load::join);
        }
    }

    private void come(OwnKeys own, int way) {
        long sinceNanos = System.nanoTime();
        try (Wire wire = new Wire(target.port())) {
            if (way < 70) {
                ask(wire, own);
            } else if (way < 80) {
                target.dialect().get(wire, List.of(own.key(0)));
                wire.send();
                wire.leaveAtOnce();
            } else if (way < 90) {
                target.dialect().set(wire, own.key(0) + ".half", new byte[HALF_BYTES]);
                wire.sendHalf();
            } else if (way < 95) {
                wire.add("*1\r\nthis is no request\r\n");
                wire.send();
            }
        } catch (IOException e) {
            own.doubtAll();
            load.tally().failed(name(), String.valueOf(e.getMessage()), sinceNanos);
        } catch (WrongAnswer e) {
            load.tally().wrong(name(), String.valueOf(e.getMessage()));
        }
    }

    private void ask(Wire wire, OwnKeys own) throws IOException, WrongAnswer {
        Exchange exchange = load.exchange(name(), target, wire, own);
        exchange.set(0, BYTES);
        exchange.run();
        exchange.get(0);
        exchange.run();
    }
}
