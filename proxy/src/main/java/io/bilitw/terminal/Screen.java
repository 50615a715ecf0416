package io.bilitw.terminal;

import io.bilitw.os.OsException;
import io.bilitw.os.Terminal;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where pages are shown one after the other: each in place of the one before on a terminal's second
 * screen, so that its first is as it was at the end; or, if there is no terminal, one below the
 * other.
 */
final class Screen implements Closeable {

    private static final String ESCAPE = "\033[";
    private static final String ENTER = ESCAPE + "?1049h" + ESCAPE + "?25l"; // hides the cursor
    private static final String LEAVE = ESCAPE + "?25h" + ESCAPE + "?1049l";
    private static final String HOME = ESCAPE + "H";
    private static final String CLEAR_LINE = ESCAPE + "K";
    private static final String CLEAR_BELOW = ESCAPE + "J";

    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_LINES = 24;

    private final PrintStream out;
    private final boolean isLive;
    private @Nullable Closeable keys;

    /**
     * Looks where pages go; shows nothing yet.
     *
     * @param out the standard output
     * @param isLive whether that is a terminal
     */
    Screen(PrintStream out, boolean isLive) {
        this.out = out;
        this.isLive = isLive;
    }

    /** Whether the standard output is a terminal that can do more than print. */
    static boolean isTerminal() {
        return Terminal.window(Terminal.OUT).isPresent() && !"dumb".equals(System.getenv("TERM"));
    }

    /** Goes to the second screen, until this is closed. */
    void enter() {
        if (isLive) {
            out.print(ENTER);
            out.flush();
        }
    }

    /**
     * Has the terminal give out keys.
     *
     * @return whether it does, on the standard input
     */
    boolean takesKeys() {
        try {
            keys = Terminal.takeKeys(Terminal.IN);
            return true;
        } catch (OsException _) {
            return false; // it is no terminal
        }
    }

    /** The room for a page now. */
    Size size() {
        return isLive ? size(Terminal.window(Terminal.OUT), System.getenv()) : Size.BOUNDLESS;
    }

    /** The room in a window, or, if it does not know, what the environment says. */
    static Size size(Optional<Terminal.Window> window, Map<String, String> environment) {
        int columns = window.map(Terminal.Window::columns).orElse(0);
        int lines = window.map(Terminal.Window::lines).orElse(0);
        return new Size(
                columns > 0 ? columns : number(environment.get("COLUMNS"), DEFAULT_COLUMNS),
                lines > 0 ? lines : number(environment.get("LINES"), DEFAULT_LINES));
    }

    private static int number(@Nullable String digits, int byDefault) {
        try {
            int number = digits == null ? 0 : Integer.parseInt(digits);
            return number > 0 ? number : byDefault;
        } catch (NumberFormatException _) {
            return byDefault;
        }
    }

    /**
     * Shows a page that fits into {@code size}.
     *
     * @return whether somebody is still there to see it
     */
    boolean show(List<String> lines, Size size) {
        out.print(isLive ? frame(lines, size) : String.join("\n", lines) + "\n\n");
        return !out.checkError(); // which flushes
    }

    /** What overwrites the page before, in one piece and without a moment of empty screen. */
    private static String frame(List<String> lines, Size size) {
        StringBuilder frame = new StringBuilder(HOME);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            frame.append(i == 0 ? "" : "\n").append(line);
            if (line.codePointCount(0, line.length()) < size.width()) {
                frame.append(CLEAR_LINE); // behind a full line it would take its last character
            }
        }
        if (lines.size() < size.height()) {
            frame.append('\n').append(CLEAR_BELOW);
        }
        return frame.toString();
    }

    /** Gives the terminal back as it was. */
    @Override
    public void close() throws IOException {
        if (isLive) {
            out.print(LEAVE);
            out.flush();
        }
        if (keys != null) {
            keys.close();
        }
    }
}
