package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Handling;
import io.bilitw.protocol.ResponseMode;
import io.bilitw.testkit.SampleDialogue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemcacheDialogueTest {

    private final SampleDialogue client = client(true);

    @ParameterizedTest
    @CsvSource({
        "get a,FORWARD",
        "get a b,SPLIT",
        "gats 0 a,FORWARD",
        "gats 0 a b,SPLIT",
        "gat 0,ANSWER",
        "set a 0 0 0,FORWARD",
        "incr a 1,FORWARD",
        "mg a,FORWARD",
        "ms a 0,FORWARD",
        "version,FORWARD_TO_ANY",
        "flush_all,BROADCAST",
        "verbosity 1,BROADCAST",
        "mn,ANSWER",
        "stats,ANSWER",
        "quit,ANSWER",
        "slabs automove 1,ANSWER",
        "nonsense,ANSWER",
        "set a x 0 0,ANSWER"
    })
    void choosesTheWay(String line, Handling handling) {
        assertThat(client.say(line + "\r\n\r\n")).isEqualTo(handling);
    }

    @ParameterizedTest
    @CsvSource({
        "set a 0 0 0,ALWAYS",
        "set a 0 0 0 noreply,NEVER",
        "set a x 0 0 noreply,NEVER",
        "flush_all noreply,NEVER",
        "mg a q,QUIET",
        "mg a,ALWAYS"
    })
    void knowsWhetherAResponseIsWanted(String line, ResponseMode mode) {
        client.say(line + "\r\n\r\n");
        assertThat(client.dialogue().responseMode()).isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource({
        "get a,END",
        "gets a b,END",
        "gat 0 a,END",
        "mg a,EN",
        "mg a v t,EN",
        "mg a v k O77,EN ka O77",
        "mg Zm9v O1 b k q,EN O1 kZm9v b"
    })
    void missesAsAServerDoesThatHasNoneOfTheKeys(String line, String miss) {
        client.say(line + "\r\n");
        assertThat(client.dialogue().miss(1)).asString(ISO_8859_1).isEqualTo(miss + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"set a 0 0 0", "delete a", "incr a 1", "ms a 0", "md a", "ma a", "me a"})
    void missesNothingButReads(String line) {
        client.say(line + "\r\n\r\n");
        assertThat(client.dialogue().miss(1)).isNull();
    }

    @Test
    void answersNoop() {
        assertThat(client.ask("mn\r\n")).isEqualTo("MN\r\n");
    }

    @Test
    void answersReadOfNoKeys() {
        assertThat(client.ask("gat 0\r\n")).isEqualTo("END\r\n");
    }

    @Test
    void tellsFiguresOfTheProxy() {
        String stats = client.ask("stats\r\n");
        assertThat(stats)
                .matches("(STAT [a-z_]+ \\S+\r\n)+END\r\n")
                .contains("STAT pid " + ProcessHandle.current().pid() + "\r\n")
                .contains("STAT version 1.2.3\r\n")
                .contains("STAT pool alpha\r\n")
                .contains("STAT curr_connections 5\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    stats items      | CLIENT_ERROR unsupported 'stats items', each server has its own
                    slabs automove 1 | CLIENT_ERROR unsupported command 'slabs'
                    shutdown         | CLIENT_ERROR unsupported command 'shutdown'
                    watch            | CLIENT_ERROR unsupported command 'watch'
                    nonsense         | ERROR
                    get              | ERROR
                    gat x a          | CLIENT_ERROR invalid exptime argument
                    set a x 0 1      | CLIENT_ERROR bad command line format
                    set a 0 0 1073741825 | SERVER_ERROR object too large for cache
                    """)
    void refusesPolitelyAndStays(String line, String answer) {
        ByteBuf out = Unpooled.buffer();
        client.say(line + "\r\n");
        assertThat(client.dialogue().answer(out)).isTrue();
        assertThat(out.toString(ISO_8859_1)).isEqualTo(answer + "\r\n");
    }

    @Test
    void refusesToFlushUnlessThePoolAllowsIt() {
        assertThat(client(false).ask("flush_all\r\n"))
                .isEqualTo("CLIENT_ERROR flush_all not allowed\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quit", "quit now", "GET / HTTP/1.1"})
    void closesWithoutAWord(String line) {
        ByteBuf out = Unpooled.buffer();
        client.say(line + "\r\n");
        assertThat(client.dialogue().answer(out)).isFalse();
        assertThat(out.isReadable()).isFalse();
    }

    @Test
    void saysWhatIsWrongBeforeItCloses() {
        assertThat(invalid("x".repeat(3000))).isEqualTo("CLIENT_ERROR line too long\r\n");
        assertThat(invalid("\u0080\1")).startsWith("CLIENT_ERROR this is the binary protocol");
    }

    private String invalid(String wire) {
        Dialogue dialogue = client.dialogue();
        dialogue.parser().parse(Unpooled.copiedBuffer(wire, ISO_8859_1));
        ByteBuf out = Unpooled.buffer();
        dialogue.answerInvalid(out);
        return out.toString(ISO_8859_1);
    }

    private static SampleDialogue client(boolean allowsFlush) {
        return new SampleDialogue(
                new MemcacheProtocol(new MemcacheSettings("alpha", allowsFlush, "1.2.3")), 1);
    }
}
