package io.bilitw.protocol.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bilitw.protocol.Handling;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisDialogueTest {

    private static final String NOT_AUTHENTICATED = "-NOAUTH Authentication required\r\n";

    @ParameterizedTest
    @CsvSource({
        "get a, FORWARD",
        "GeT a, FORWARD",
        "mget a, FORWARD",
        "mget a b, SPLIT",
        "mset a 1, FORWARD",
        "mset a 1 b 2, SPLIT",
        "msetnx a 1 b 2, FORWARD",
        "exists a a, SPLIT",
        "rename a b, FORWARD",
        "eval s 2 a b, FORWARD",
        "xread streams a 0, FORWARD",
        "xread block 5 streams a 0, ANSWER",
        "mset a 1 b, ANSWER",
        "get, ANSWER",
        "get a b, ANSWER",
        "nonsense a, ANSWER",
        "ping, ANSWER",
        "multi, ANSWER",
        "blpop a 0, ANSWER",
    })
    void forwardsSplitsOrAnswers(String line, Handling expected) {
        assertThat(Talk.open().handling(line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*0\r\n", "*-1\r\n", "\r\n", "  \r\n"})
    void ignoresRequestsWithoutWords(String wire) {
        assertThat(Talk.open().handlingOf(wire)).isEqualTo(Handling.IGNORE);
        assertThat(Talk.withPassword("p").handlingOf(wire)).isEqualTo(Handling.IGNORE);
    }

    @Test
    void splitsWithTheRowOfTheCommand() {
        Talk talk = Talk.open();
        talk.handling("del a b");
        assertThat(talk.dialogue().split()).isEqualTo(RedisSplit.DEL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get a", "nonsense"})
    void hasNoSplitForWhatIsNotSplit(String line) {
        Talk talk = Talk.open();
        talk.handling(line);
        assertThatThrownBy(() -> talk.dialogue().split()).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "FOO; '-ERR unknown command ''FOO'', with args beginning with: '",
                "FOO a b; '-ERR unknown command ''FOO'', with args beginning with: ''a'' ''b'' '",
                "get; -ERR wrong number of arguments for 'get' command",
                "GET a b; -ERR wrong number of arguments for 'get' command",
                "mset a 1 b; -ERR wrong number of arguments for 'mset' command",
                "MULTI; -ERR unsupported command 'multi'",
                "blpop a 0; -ERR unsupported command 'blpop'",
                "blpop a; -ERR wrong number of arguments for 'blpop' command",
                "zunion 0 a; -ERR Invalid number of keys for 'zunion' command",
                "eval s 0; '-ERR ''eval'' needs a key, by which the proxy chooses the server'",
                "xread block 0 streams a 0; -ERR unsupported option 'block' of 'xread'",
                "xread count 1 a 0; -ERR syntax error",
                "object help; -ERR unsupported subcommand 'help' of 'object'",
                "object freq; -ERR wrong number of arguments for 'object|freq' command",
                "ts.mget filter a=b; -ERR unsupported command 'ts.mget'",
            })
    void namesTheCommandItCannotDoAndStaysOpen(String line, String expected) {
        Talk talk = Talk.open();
        assertThat(talk.answer(line)).isEqualTo(expected + "\r\n");
        assertThat(talk.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST / HTTP/1.1", "post", "Host: localhost:6379", "HOST:"})
    void endsAConnectionThatSpeaksHttp(String line) {
        for (Talk talk : List.of(Talk.open(), Talk.withPassword("p"))) {
            assertThat(talk.answer(line)).startsWith("-ERR Protocol error: this is HTTP");
            assertThat(talk.isOpen()).isFalse();
        }
    }

    @Test
    void repeatsNoMoreThanTheBeginningOfAStrangersArguments() {
        String answer = Talk.open().answer("foo " + "x".repeat(500) + " y");
        assertThat(answer).contains("'" + "x".repeat(128) + "' \r\n").doesNotContain("y");
        assertThat(Talk.open().answer("foo 1 2 3 4 5 6 7 8 9")).endsWith("'6' '7' \r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo ", "object ", "hello 2 ", "config ", "client setinfo "})
    void copiesOnlyTheBeginningOfLongArguments(String line) {
        String value = line.contains("setinfo") ? " x" : "";
        assertThat(Talk.open().answer(line + "x".repeat(1_000_000) + value))
                .startsWith("-ERR ")
                .hasSizeLessThan(100_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client setname ", "hello 2 setname ", "client setinfo lib-name "})
    void keepsNoLongName(String line) {
        Talk talk = Talk.open();
        assertThat(talk.answer(line + "n".repeat(1024))).doesNotStartWith("-");
        assertThat(talk.answer(line + "n".repeat(1025)))
                .startsWith("-ERR ")
                .endsWith(" cannot be longer than 1024 bytes.\r\n");
        assertThat(talk.answer("client info")).contains("=" + "n".repeat(1024) + " ");
    }

    @Test
    void takesNoPasswordWithMoreBehindIt() {
        Talk talk = Talk.withPassword("secret");
        assertThat(talk.answer("auth secrets")).startsWith("-ERR invalid password");
        assertThat(talk.answer("auth secre")).startsWith("-ERR invalid password");
        assertThat(talk.answer("auth " + "secret".repeat(1000)))
                .startsWith("-ERR invalid password");
        assertThat(talk.answer("auth secret")).isEqualTo("+OK\r\n");
    }

    @Test
    void keepsErrorsOnOneLineWhateverTheClientSays() {
        Talk talk = Talk.open();
        assertThat(talk.answer("a\nb \r%s"))
                .isEqualTo("-ERR unknown command 'a b', with args beginning with: ' %s' \r\n");
    }

    @Test
    void saysWhatIsWrongWithTheProtocol() {
        assertThat(Talk.open().answerInvalid("*1\r\n:3\r\n"))
                .isEqualTo("-ERR Protocol error: expected '$', got ':'\r\n");
    }

    @ParameterizedTest
    @EnumSource
    void answersEveryRefusedCommandByItsName(RedisCommand command) {
        if (command.isRefused()) {
            String line = command.lowerName() + " 1".repeat(Math.abs(command.arity()) - 1);
            assertThat(Talk.open().answer(line))
                    .isEqualTo("-ERR unsupported command '" + command.lowerName() + "'\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get a",
                "mget a b",
                "ping",
                "nonsense",
                "get",
                "multi",
                "select 0",
                "command"
            })
    void tellsStrangersNothing(String line) {
        Talk talk = Talk.withPassword("secret");
        assertThat(talk.answer(line)).isEqualTo(NOT_AUTHENTICATED);
        assertThat(talk.isOpen()).isTrue();
    }

    @Test
    void letsStrangersInWithThePassword() {
        Talk talk = Talk.withPassword("secret");
        assertThat(talk.answer("auth secret")).isEqualTo("+OK\r\n");
        assertThat(talk.handling("get a")).isEqualTo(Handling.FORWARD);
    }

    @Test
    void takesUserDefaultWithThePassword() {
        Talk talk = Talk.withPassword("secret");
        assertThat(talk.answer("auth default secret")).isEqualTo("+OK\r\n");
        assertThat(talk.handling("get a")).isEqualTo(Handling.FORWARD);
    }

    @ParameterizedTest
    @CsvSource({
        "auth Secret, -ERR invalid password",
        "auth secre, -ERR invalid password",
        "auth secrets, -ERR invalid password",
        "auth '', -ERR invalid password",
        "auth default x, -WRONGPASS invalid username-password pair or user is disabled.",
        "auth other secret, -WRONGPASS invalid username-password pair or user is disabled.",
        "hello 2 auth default x, -WRONGPASS invalid username-password pair or user is disabled.",
    })
    void shutsOutWhoeverShowsAWrongPassword(String line, String expected) {
        Talk talk = Talk.withPassword("secret");
        talk.answer("auth secret");
        assertThat(talk.answer(line)).isEqualTo(expected + "\r\n");
        assertThat(talk.answer("ping")).isEqualTo(NOT_AUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth x", "auth default x", "hello 2 auth default x"})
    void saysThatNoPasswordIsNeeded(String line) {
        Talk talk = Talk.open();
        assertThat(talk.answer(line))
                .isEqualTo("-ERR Client sent AUTH, but no password is set\r\n");
        assertThat(talk.answer("ping")).isEqualTo("+PONG\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "auth a b c, -ERR syntax error",
        "auth, -ERR wrong number of arguments for 'auth' command"
    })
    void refusesAuthWithTooManyOrTooFewWords(String line, String expected) {
        assertThat(Talk.withPassword("secret").answer(line)).isEqualTo(expected + "\r\n");
    }

    @Test
    void comparesPasswordsAsUtf8() {
        Talk talk = Talk.withPassword("pä");
        assertThat(talk.answer("auth p\u00c3\u00a4")).isEqualTo("+OK\r\n");
    }

    @Test
    void closesAfterQuitEvenForStrangers() {
        Talk talk = Talk.withPassword("secret");
        assertThat(talk.answer("quit")).isEqualTo("+OK\r\n");
        assertThat(talk.isOpen()).isFalse();
    }

    @Test
    void forgetsNameAndPasswordAtReset() {
        Talk talk = Talk.withPassword("secret");
        talk.answer("auth secret");
        talk.answer("client setname bob");
        assertThat(talk.answer("reset")).isEqualTo("+RESET\r\n");
        assertThat(talk.answer("ping")).isEqualTo(NOT_AUTHENTICATED);
        talk.answer("auth secret");
        assertThat(talk.answer("client getname")).isEqualTo("$-1\r\n");
    }

    @Test
    void needsNoPasswordAfterResetWhereThereIsNone() {
        Talk talk = Talk.open();
        assertThat(talk.answer("reset")).isEqualTo("+RESET\r\n");
        assertThat(talk.answer("ping")).isEqualTo("+PONG\r\n");
    }
}
