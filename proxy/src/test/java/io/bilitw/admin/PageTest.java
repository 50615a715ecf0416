package io.bilitw.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void asksNobodyElse() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Page.answer().body().write(out);

        assertThat(out.toString(UTF_8).replace("http://www.w3.org/2000/svg", ""))
                .startsWith("<!doctype html>")
                .doesNotContain("http://", "https://", "src=", "innerHTML", " style=");
    }

    @Test
    void namesItsScriptByItsHash() {
        assertThat(Page.policy("<style>a{}</style><script>\nrun()\n</script>"))
                .contains("script-src 'sha256-X8AAKgaI44zC2JgsZRJ4adpbl777tdE6qoD0mpUQwV4='");
    }
}
