package io.bilitw.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines of both pages. */
class PagesTest {

    private static final Size WIDE = new Size(200, 50);

    @Test
    void showsFiguresOnce() {
        Sample sample = Samples.bilitw(90, 3, 4);

        assertThat(StatsPage.lines(sample, sample.pools()))
                .startsWith(
                        "bilitw 1.0 on vm, up 1m 30s, 1 worker, 1 reload and 2 failed, 3 worker"
                                + " restarts, 7 connections",
                        "",
                        "worker   pid    state  uptime  heartbeat  clients",
                        "0       4711  serving  1m 10s    4.00 ms        5",
                        "")
                .anyMatch(line -> line.startsWith("pool alpha: clients 5, accepted -, "))
                .anyMatch(line -> line.matches("one +- +3 +-/-/- .*"));
    }

    @Test
    void showsDashesForWhatTwemproxyDoesNotSay() {
        Sample sample = Samples.read(Samples.NUTCRACKER);
        String server =
                "127.0.0.1:27060      1         2         0/0/0        -     -         0          0"
                        + "      28 B       29 B    -    -      -    -";

        assertThat(StatsPage.lines(sample, sample.pools()))
                .startsWith("nutcracker 0.5.0 on vm, up 2s, 7 connections", "")
                .endsWith(server);
        assertThat(new TopPage(null, sample).lines("", WIDE))
                .anyMatch(line -> line.matches("mc +- +0 +- +- +1 +-"))
                .anyMatch(line -> line.matches("127\\.0\\.0\\.1:27060 +mc +1\\.00 +0 +-.*"));
    }

    @Test
    void beginsWithAveragesSinceTheStart() {
        List<String> lines = new TopPage(null, Samples.bilitw(10, 50, 5_000)).lines("", WIDE);

        assertThat(lines.get(1)).isEqualTo("averages since the start");
        assertThat(requestsASecond(lines)).containsExactly("alpha 505", "two 500", "one 5.00");
    }

    @Test
    void showsRatesAndTheBusiestFirst() {
        Sample before = at(0, Samples.bilitw(10, 1_000_000, 5));
        Sample now = at(2_000_000_000, Samples.bilitw(12, 1_000_002, 4_005));

        List<String> lines = new TopPage(before, now).lines("note", WIDE);

        assertThat(lines.get(1)).isEqualTo("rates of 2.00 s; note");
        assertThat(requestsASecond(lines)).containsExactly("alpha 2.00k", "two 2.00k", "one 1.00");
    }

    @Test
    void forgetsWhatWasBeforeARestart() {
        Sample before = at(0, Samples.bilitw(1_000, 10, 10));
        Sample now = at(1_000_000_000, Samples.bilitw(5, 50, 100));

        List<String> lines = new TopPage(before, now).lines("", WIDE);

        assertThat(lines.get(1)).isEqualTo("averages since the start");
        assertThat(requestsASecond(lines)).containsExactly("alpha 30.0", "two 20.0", "one 10.0");
    }

    @Test
    void noticesARestartByTheMomentOfTheStart() {
        Sample before = at(0, Samples.bilitw(10, 0, 0));

        assertThat(TopPage.isRestarted(before, at(1, Samples.bilitw(9, 0, 0)))).isTrue();
        assertThat(TopPage.isRestarted(before, at(60_000_000_000L, Samples.bilitw(50, 0, 0))))
                .isTrue();
        assertThat(TopPage.isRestarted(before, at(60_000_000_000L, Samples.bilitw(69, 0, 0))))
                .isFalse();
        assertThat(TopPage.isRestarted(before, at(1, Samples.read(Samples.NUTCRACKER)))).isTrue();
    }

    @Test
    void fitsIntoAnyRoom() {
        TopPage page = new TopPage(null, Samples.bilitw(10, 50, 5_000));

        for (int width = 1; width < 130; width += 3) {
            for (int height = 1; height < 20; height++) {
                int widest = width;
                assertThat(page.lines("", new Size(width, height)))
                        .hasSizeLessThanOrEqualTo(height)
                        .allMatch(line -> line.length() <= widest);
            }
        }
    }

    private static Sample at(long nanos, Sample sample) {
        return new Sample(
                nanos,
                sample.service(),
                sample.source(),
                sample.version(),
                sample.figures(),
                sample.workers(),
                sample.pools());
    }

    /** Of each row the name and the requests a second. */
    private static List<String> requestsASecond(List<String> lines) {
        return lines.stream()
                .filter(line -> line.matches("(alpha|one|two) .*"))
                .map(line -> line.replaceFirst("(\\w+) +(?:alpha +)?(\\S+).*", "$1 $2"))
                .toList();
    }
}
