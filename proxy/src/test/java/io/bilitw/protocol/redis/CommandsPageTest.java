package io.bilitw.protocol.redis;

import io.bilitw.testkit.PrintedPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CommandsPageTest {

    @Test
    void pageSaysWhatTheTableSays() throws IOException {
        PrintedPage.check("commands.md", CommandsPage.print());
    }
}
