package io.bilitw.protocol.memcache;

import io.bilitw.testkit.PrintedPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MemcachePageTest {

    @Test
    void pageSaysWhatTheTableSays() throws IOException {
        PrintedPage.check("memcached.md", MemcachePage.print());
    }
}
