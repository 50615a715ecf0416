package io.bilitw.bench.soak;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that keeps its connection for some time and asks in all ways, at its pace; it holds each
 * answer against what it has written.
 */
final class KeptClient implements Runnable {

    private static final int KEYS = 40;
    private static final int LARGE = KEYS; // the index of the one that has large values
    private static final int MANY = 8;
    private static final int PIPELINE = 16; // sets, and as many gets
    private static final int SMALL_BYTES = 200;
    private static final int MEDIUM_BYTES = 40_000;
    private static final int MEDIUM_EACH = 30;
    private static final int STEPS_OF_CONNECTION = 2000;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final Load load;
    private final Target target;
    private final String name;
    private final OwnKeys keys;
    private final Random random;

    KeptClient(Load load, Target target, String name) {
        this.load = load;
        this.target = target;
        this.name = name;
        keys = new OwnKeys(name, KEYS + 1, load.disturbances());
        random = new Random(name.hashCode());
    }

    @Override
    public void run() {
        while (!load.isOver()) {
            long sinceNanos = System.nanoTime();
            try (Wire wire = new Wire(target.port())) {
                Exchange exchange = load.exchange(name, target, wire, keys);
                do {
                    LockSupport.parkNanos(random.nextLong(2 * PACE_NANOS));
                    sinceNanos = System.nanoTime();
                    step(exchange);
                } while (!load.isOver() && random.nextInt(STEPS_OF_CONNECTION) > 0);
            } catch (IOException e) {
                keys.doubtAll();
                load.tally().failed(name, String.valueOf(e.getMessage()), sinceNanos);
            } catch (WrongAnswer e) {
                keys.doubtAll();
                load.tally().wrong(name, String.valueOf(e.getMessage()));
            }
        }
    }

    private void step(Exchange exchange) throws IOException, WrongAnswer {
        int way = random.nextInt(1000);
        if (way < 4) {
            exchange.set(LARGE, Values.MAX_BYTES - random.nextInt(1000));
            exchange.run();
            return;
        }
        if (way < 8) {
            exchange.get(LARGE);
            exchange.run();
            return;
        }
        long startNanos = System.nanoTime();
        ask(exchange, way);
        exchange.run();
        load.tally().tookNanos(System.nanoTime() - startNanos);
    }

    private void ask(Exchange exchange, int way) {
        if (way < 380) {
            exchange.get(random.nextInt(KEYS));
        } else if (way < 550) {
            exchange.set(random.nextInt(KEYS), bytes());
        } else if (way < 750) {
            for (int i = 0; i < PIPELINE; i++) {
                exchange.set(random.nextInt(KEYS), bytes());
            }
            for (int i = 0; i < PIPELINE; i++) {
                exchange.get(random.nextInt(KEYS));
            }
        } else if (way < 850) {
            exchange.get(many());
        } else if (way < 950) {
            int[] many = many();
            exchange.setMany(many, bytes());
            exchange.get(many);
        } else if (way < 980) {
            exchange.getNothing();
        } else {
            exchange.askWrongly();
        }
    }

    private int bytes() {
        return random.nextInt(MEDIUM_EACH) == 0
                ? random.nextInt(MEDIUM_BYTES)
                : random.nextInt(SMALL_BYTES);
    }

    private int[] many() {
        return random.ints(0, KEYS).distinct().limit(MANY).toArray();
    }
}
