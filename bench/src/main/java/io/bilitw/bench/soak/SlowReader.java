package io.bilitw.bench.soak;

import java.io.IOException;
import java.util.Random;

/**
 * A client that asks for more than the sockets hold and takes it slowly, so that the proxy has to
 * keep it; every second time it goes in the middle.
 */
final class SlowReader implements Runnable {

    private static final int VALUES = 4;
    private static final long PAUSE_MILLIS = 20;

    private final Load load;
    private final Target target;
    private final String name;
    private final OwnKeys keys;
    private final Random random;

    SlowReader(Load load, Target target) {
        this.load = load;
        this.target = target;
        name = target.name() + "-slow";
        keys = new OwnKeys(name, VALUES, load.disturbances());
        random = new Random(name.hashCode());
    }

    @Override
    public void run() {
        while (!load.isOver()) {
            long sinceNanos = System.nanoTime();
            try (Wire wire = new Wire(target.port())) {
                Exchange exchange = load.exchange(name, target, wire, keys);
                for (int i = 0; i < VALUES; i++) {
                    exchange.set(i, Values.MAX_BYTES);
                }
                exchange.run();
                sinceNanos = System.nanoTime();
                wire.slowDown(PAUSE_MILLIS);
                read(exchange, wire);
            } catch (IOException e) {
                keys.doubtAll();
                load.tally().failed(name, String.valueOf(e.getMessage()), sinceNanos);
            } catch (WrongAnswer e) {
                load.tally().wrong(name, String.valueOf(e.getMessage()));
            }
        }
    }

    private void read(Exchange exchange, Wire wire) throws IOException, WrongAnswer {
        for (int i = 0; i < VALUES; i++) {
            exchange.get(i);
        }
        if (random.nextBoolean()) {
            exchange.run();
        } else {
            wire.send();
            wire.skip(Values.MAX_BYTES / 2);
        }
    }
}
