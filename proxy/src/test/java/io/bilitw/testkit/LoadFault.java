package io.bilitw.testkit;

/** The end of one connection of a load, by a fault; the message is a sentence that says which. */
final class LoadFault extends Exception {

    private static final int SHOWN_BEFORE = 40;
    private static final int SHOWN_CHARS = 100;

    private final FaultKind kind;

    LoadFault(FaultKind kind, String detail) {
        super(kind + ": " + detail);
        this.kind = kind;
    }

    FaultKind kind() {
        return kind;
    }

    /** The piece of {@code text} around {@code at}, fit for one line. */
    static String shown(String text, int at) {
        int from = Math.max(0, Math.min(at, text.length()) - SHOWN_BEFORE);
        int to = Math.min(text.length(), from + SHOWN_CHARS);
        String piece = text.substring(from, to).replace("\r", "\\r").replace("\n", "\\n");
        String before = from > 0 ? "..." : "";
        String behind = to < text.length() ? "... (" + text.length() + " bytes)" : "";
        return "<" + before + piece + behind + ">";
    }
}
