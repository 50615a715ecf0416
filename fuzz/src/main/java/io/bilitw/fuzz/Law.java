package io.bilitw.fuzz;

import com.google.errorprone.annotations.FormatMethod;
import java.util.List;

/** What must hold; whatever breaks it is a finding. */
public final class Law {

    private Law() {}

    /** Fails with {@code text} and its {@code details} unless {@code holds}. */
    @FormatMethod
    public static void hold(boolean holds, String text, Object... details) {
        if (!holds) {
            throw new AssertionError(String.format(text, details));
        }
    }

    /** Fails unless the same was found in {@code pieces} as in the {@code whole}. */
    static void holdSame(List<String> whole, List<String> pieces) {
        hold(
                whole.equals(pieces),
                "found at once:%n%s%nfound in pieces:%n%s",
                String.join("\n", whole),
                String.join("\n", pieces));
    }
}
