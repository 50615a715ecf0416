package io.bilitw.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.os.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What goes to a terminal and what to a file. */
class ScreenTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void replacesPagesOnATerminal() throws IOException {
        try (Screen screen = new Screen(new PrintStream(shown, false, UTF_8), true)) {
            screen.enter();
            assertThat(screen.show(List.of("full", "x"), new Size(4, 3))).isTrue();
            assertThat(screen.show(List.of("y"), new Size(4, 1))).isTrue();
        }

        assertThat(shown.toString(UTF_8).replace('\033', '^'))
                .isEqualTo(
                        "^[?1049h^[?25l"
                                + "^[Hfull\nx^[K\n^[J"
                                + "^[Hy^[K" // no line is left that could be cleared
                                + "^[?25h^[?1049l");
    }

    @Test
    void printsPagesIntoAFile() throws IOException {
        try (Screen screen = new Screen(new PrintStream(shown, false, UTF_8), false)) {
            screen.enter();
            screen.show(List.of("a", "b"), screen.size());
            screen.show(List.of("c"), screen.size());
        }

        assertThat(shown.toString(UTF_8)).isEqualTo("a\nb\n\nc\n\n");
    }

    @Test
    void noticesThatNobodyLooks() throws IOException {
        OutputStream broken =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        try (Screen screen = new Screen(new PrintStream(broken, false, UTF_8), false)) {
            assertThat(screen.show(List.of("a"), screen.size())).isFalse();
        }
    }

    @Test
    void knowsItsSize() {
        Map<String, String> environment = Map.of("COLUMNS", "99", "LINES", "x");

        assertThat(Screen.size(Optional.of(new Terminal.Window(120, 40)), environment))
                .isEqualTo(new Size(120, 40));
        assertThat(Screen.size(Optional.of(new Terminal.Window(0, 0)), environment))
                .isEqualTo(new Size(99, 24));
        assertThat(Screen.size(Optional.empty(), Map.of("LINES", "-3")))
                .isEqualTo(new Size(80, 24));
    }
}
