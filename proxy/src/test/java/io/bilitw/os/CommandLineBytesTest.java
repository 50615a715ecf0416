package io.bilitw.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineBytesTest {

    @Test
    void takesTheLastWordsAsTheyWereTyped() {
        assertThat(match("java\0-jar\0x.jar\0where\0\u00c3\u00a4\0\0", "where", "??", ""))
                .containsExactly("where", "\u00c3\u00a4", "");
    }

    @Test
    void takesTheWordsOfMainWhenTheProcessHasOthers() {
        String utf8 = "\u00c3\u00a4";

        assertThat(match("java\0-jar\0x.jar\0", "where", "\u00e4")).containsExactly("where", utf8);
        assertThat(match("java\0", "where", "\u00e4")).containsExactly("where", utf8);
        assertThat(match("", "where", "\u00e4")).containsExactly("where", utf8);
    }

    @Test
    void readsTheLineOfThisProcess() throws IOException {
        assertThat(CommandLineBytes.of("not", "typed"))
                .containsExactly("not".getBytes(UTF_8), "typed".getBytes(UTF_8));
    }

    private static List<String> match(String line, String... words) {
        return CommandLineBytes.match(line, words).stream()
                .map(word -> new String(word, ISO_8859_1))
                .toList();
    }
}
