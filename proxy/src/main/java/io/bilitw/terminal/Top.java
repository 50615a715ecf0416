package io.bilitw.terminal;

import io.bilitw.os.Signals;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The live table: looks at the figures again and again and shows what they have become more. One
 * thread takes one event after the other; each comes from a thread that waits for it.
 */
public final class Top {

    private static final List<String> ENDING_SIGNALS = List.of("INT", "TERM", "HUP");

    private final StatsPort port;
    private final long intervalNanos;
    private final Screen screen;
    private final boolean isLive;
    private final SynchronousQueue<Event> events = new SynchronousQueue<>();

    private Sample last;
    private long refreshesLeft;
    private boolean wasRestarted;
    private Function<Size, List<String>> page;

    private sealed interface Event {}

    private record Looked(Sample sample) implements Event {}

    private record Failed(String sentence) implements Event {}

    private record Resized() implements Event {}

    private record Ended() implements Event {}

    private Top(
            StatsPort port, long intervalMillis, long refreshes, PrintStream out, Sample first) {
        this.port = port;
        intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
        refreshesLeft = refreshes;
        isLive = Screen.isTerminal();
        screen = new Screen(out, isLive);
        last = first;
        page = pageOf(null, first);
    }

    /**
     * Shows the table until a signal or a key ends it, nobody looks any more, or it was renewed
     * often enough.
     *
     * @param intervalMillis the time between two looks
     * @param refreshes how often the table is shown
     * @param out the standard output
     * @throws IOException with a sentence for the operator, if the first look fails
     */
    public static void run(StatsPort port, long intervalMillis, long refreshes, PrintStream out)
            throws IOException {
        new Top(port, intervalMillis, refreshes, out, port.read()).run();
    }

    private void run() throws IOException {
        if (isLive) {
            ENDING_SIGNALS.forEach(name -> Signals.on(name, () -> happen(new Ended())));
            Signals.on("WINCH", () -> happen(new Resized()));
        }
        try (screen) {
            screen.enter();
            if (isLive && screen.takesKeys()) {
                Thread.ofPlatform().daemon().name("keys").start(this::readKeys);
            }
            Thread.ofPlatform().daemon().name("looks").start(this::look);
            boolean goesOn = refresh();
            while (goesOn) {
                goesOn = handle(events.take());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether there is more to come. */
    private boolean handle(Event event) {
        return switch (event) {
            case Looked(Sample sample) -> {
                wasRestarted |= TopPage.isRestarted(last, sample);
                page = pageOf(last, sample);
                last = sample;
                yield refresh();
            }
            case Failed(String sentence) -> {
                page = size -> size.cut(outOfReach(sentence));
                yield refresh();
            }
            case Resized() -> show();
            case Ended() -> false;
        };
    }

    private Function<Size, List<String>> pageOf(@Nullable Sample before, Sample now) {
        String note =
                wasRestarted
                        ? "restarted "
                                + Quantity.duration(now.figures().get(Figure.UPTIME))
                                + " ago"
                        : "";
        TopPage topPage = new TopPage(before, now);
        return size -> topPage.lines(note, size);
    }

    private List<String> outOfReach(String sentence) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - last.nanos());
        return List.of(
                last.service()
                        + " "
                        + last.version()
                        + " on "
                        + last.source()
                        + ": unreachable, last seen "
                        + Quantity.duration(seconds)
                        + " ago; trying on",
                sentence);
    }

    private boolean refresh() {
        boolean isSeen = show();
        refreshesLeft--;
        return isSeen && refreshesLeft > 0;
    }

    private boolean show() {
        Size size = screen.size();
        return screen.show(page.apply(size), size);
    }

    private void look() {
        long nextNanos = System.nanoTime();
        while (true) {
            nextNanos = Math.max(nextNanos + intervalNanos, System.nanoTime());
            sleepUntil(nextNanos);
            try {
                happen(new Looked(port.read()));
            } catch (IOException e) {
                happen(new Failed(String.valueOf(e.getMessage())));
            }
        }
    }

    private static void sleepUntil(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void readKeys() {
        try {
            int key = System.in.read();
            while (key >= 0 && key != 'q' && key != 'Q') {
                key = System.in.read();
            }
            if (key >= 0) {
                happen(new Ended());
            }
        } catch (IOException _) {
            // The terminal is gone, of which a signal tells as well.
        }
    }

    /** Hands an event over; waits until it is taken, so that there are never many. */
    private void happen(Event event) {
        try {
            events.put(event);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
