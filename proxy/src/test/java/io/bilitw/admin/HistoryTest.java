package io.bilitw.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.ConfigFile;
import io.bilitw.stats.Ledger;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final String TEXT =
            "alpha:\n  listen: 127.0.0.1:1\n  servers:\n   - 127.0.0.1:11:1 a\n";

    @Test
    void takesSamplesOnlyWhileSomebodyLooks() throws Exception {
        Ledger ledger = new Ledger(ConfigFile.parse("test", TEXT).config());
        try (History history = new History(ledger::snapshot, Duration.ofMillis(100))) {
            assertThat(history.isSampling()).isFalse();
            for (int i = 0; i < 2; i++) {
                var _ = history.since("since=1");
                assertThat(history.isSampling()).isTrue();
                Awaitility.await().until(() -> !history.isSampling());
            }
        }
    }
}
