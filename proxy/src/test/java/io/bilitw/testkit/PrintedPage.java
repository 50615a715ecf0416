package io.bilitw.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of {@code docs/} that is printed from a table of the code. */
public final class PrintedPage {

    private PrintedPage() {}

    /**
     * Checks that the page {@code name} says what the table says now, {@code printed}; with {@code
     * -Dbilitw.docs.write=true} it is printed anew first.
     */
    public static void check(String name, String printed) throws IOException {
        Path page = Path.of("../docs").resolve(name);
        if (Boolean.getBoolean("bilitw.docs.write")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, printed);
        }
        assertThat(page)
                .as("print it anew with -Dbilitw.docs.write=true")
                .content()
                .isEqualTo(printed);
    }
}
