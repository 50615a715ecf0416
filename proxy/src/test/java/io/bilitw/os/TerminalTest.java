package io.bilitw.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Terminals; how a real one is used is shown by {@code TerminalIT}. */
class TerminalTest {

    private static final int NONE = 9999; // a descriptor that is not open

    @Test
    void findsNoneWhereThereIsNone() {
        assertThat(Terminal.window(NONE)).isEmpty();
        assertThatThrownBy(() -> takeKeys(NONE)).isInstanceOf(OsException.class);
    }

    private static void takeKeys(int descriptor) throws IOException {
        try (var _ = Terminal.takeKeys(descriptor)) {
            assertThat(Terminal.window(descriptor)).isPresent();
        }
    }
}
