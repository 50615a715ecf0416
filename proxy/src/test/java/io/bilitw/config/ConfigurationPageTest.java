package io.bilitw.config;

import io.bilitw.testkit.PrintedPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    @Test
    void pageSaysWhatTheTablesSay() throws IOException {
        PrintedPage.check("configuration.md", ConfigurationPage.print());
    }
}
