package io.bilitw.protocol.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandsPageTest {

    private static final Path PAGE = Path.of("../docs/commands.md");

    /** The page is printed anew by {@code -Dbilitw.docs.write=true}. */
    @Test
    void pageSaysWhatTheTableSays() throws IOException {
        String printed = CommandsPage.print();
        if (Boolean.getBoolean("bilitw.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, printed);
        }

        assertThat(PAGE)
                .as("print it anew with -Dbilitw.docs.write=true")
                .content()
                .isEqualTo(printed);
    }
}
