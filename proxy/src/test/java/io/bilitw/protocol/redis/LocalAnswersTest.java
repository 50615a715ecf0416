package io.bilitw.protocol.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the proxy answers by itself, command by command. */
class LocalAnswersTest {

    private static final String GREETING =
            wire(
                    "*14|$6|server|$5|redis|$7|version|$5|7.2.0|$5|proto|:2|$2|id|:7|"
                            + "$4|mode|$10|standalone|$4|role|$6|master|$7|modules|*0|");

    private final Talk talk = Talk.open();

    @ParameterizedTest
    @CsvSource({
        "ping, +PONG",
        "PING hi, $2|hi",
        "ping '', $0|",
        "ping a b, -ERR wrong number of arguments for 'ping' command",
        "echo hello, $5|hello",
        "readonly, +OK",
        "readwrite, +OK",
        "cluster info, -ERR This instance has cluster support disabled",
        "cluster slots, -ERR This instance has cluster support disabled",
        "config get maxmemory, *0",
        "config get a b, *0",
        "config set a b, -ERR unsupported subcommand 'set' of 'config'",
        "role, *3|$6|master|:0|*0",
    })
    void answersWhatNeedsNoServer(String line, String expected) {
        assertThat(talk.answer(line)).isEqualTo(wire(expected + "|"));
    }

    @Test
    void namesTheSubcommandThatLacksArguments() {
        assertThat(talk.answer("config get"))
                .isEqualTo("-ERR wrong number of arguments for 'config|get' command\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "hello 2", "HELLO 2 SETNAME bob"})
    void greetsInVersionTwo(String line) {
        assertThat(talk.answer(line)).isEqualTo(GREETING);
    }

    @Test
    void greetsInVersionThree() {
        String greeting = GREETING.replace("*14\r\n", "%7\r\n").replace(":2\r\n$2", ":3\r\n$2");
        assertThat(talk.answer("hello 3 setname bob")).isEqualTo(greeting);
        assertThat(talk.dialogue().dialect()).isEqualTo(1);
        assertThat(talk.answer("hello")).isEqualTo(greeting);
        assertThat(talk.answer("client info")).contains(" name=bob ").contains(" resp=3 ");
        assertThat(talk.answer("client setname ''")).isEqualTo("+OK\r\n");
        assertThat(talk.answer("client getname")).isEqualTo("_\r\n");
        assertThat(talk.answer("command info nosuch")).isEqualTo("*1\r\n_\r\n");
        assertThat(talk.answer("command docs get"))
                .startsWith("%1\r\n$3\r\nget\r\n%2\r\n$7\r\nsummary\r\n");
        assertThat(talk.answer("config get save")).isEqualTo("%0\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello 2", "reset"})
    void goesBackToVersionTwo(String line) {
        talk.answer("hello 3");
        talk.answer(line);
        assertThat(talk.dialogue().dialect()).isZero();
        assertThat(talk.answer("hello")).isEqualTo(GREETING);
    }

    @Test
    void staysWithItsVersionWhenHelloIsRefused() {
        assertThat(talk.answer("hello 3 what")).startsWith("-ERR Syntax error");
        assertThat(talk.dialogue().dialect()).isZero();
    }

    @Test
    void takesTheNameFromHello() {
        talk.answer("hello 2 setname bob");
        assertThat(talk.answer("client getname")).isEqualTo("$3\r\nbob\r\n");
        talk.answer("hello");
        assertThat(talk.answer("client getname")).isEqualTo("$3\r\nbob\r\n");
    }

    @Test
    void takesThePasswordFromHello() {
        Talk strict = Talk.withPassword("secret");
        assertThat(strict.answer("hello")).startsWith("-NOAUTH HELLO must be called");
        assertThat(strict.answer("hello 2 auth default secret setname bob")).isEqualTo(GREETING);
        assertThat(strict.answer("client getname")).isEqualTo("$3\r\nbob\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "hello 4, -NOPROTO unsupported protocol version",
        "hello 4 auth default x, -NOPROTO unsupported protocol version",
        "hello 1, -NOPROTO unsupported protocol version",
        "hello x, -ERR Protocol version is not an integer or out of range",
        "hello 2 auth default, -ERR Syntax error in HELLO option 'auth'",
        "hello 2 setname, -ERR Syntax error in HELLO option 'setname'",
        "hello 2 what, -ERR Syntax error in HELLO option 'what'",
        "'hello 2 setname a\u0001', '-ERR Client names cannot contain spaces, newlines or special"
                + " characters.'",
    })
    void refusesOtherGreetings(String line, String expected) {
        assertThat(talk.answer(line)).isEqualTo(expected + "\r\n");
    }

    @Test
    void remembersTheClientsName() {
        assertThat(talk.answer("client getname")).isEqualTo("$-1\r\n");
        assertThat(talk.answer("CLIENT SETNAME bob")).isEqualTo("+OK\r\n");
        assertThat(talk.answer("client getname")).isEqualTo("$3\r\nbob\r\n");
        assertThat(talk.answer("client setname ''")).isEqualTo("+OK\r\n");
        assertThat(talk.answer("client getname")).isEqualTo("$-1\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "client id, :7",
        "client no-evict on, +OK",
        "client NO-TOUCH OFF, +OK",
        "client no-touch maybe, -ERR syntax error",
        "client setinfo lib-name x, +OK",
        "client setinfo LIB-VER 1, +OK",
        "client setinfo lib-what 1, -ERR Unrecognized option 'lib-what'",
        "'client setinfo lib-name \u0001', '-ERR lib-name cannot contain spaces, newlines or"
                + " special characters.'",
        "'client setinfo lib-ver \u0001', '-ERR lib-ver cannot contain spaces, newlines or special"
                + " characters.'",
        "'client setname \u00e9', '-ERR Client names cannot contain spaces, newlines or special"
                + " characters.'",
        "client setname, -ERR wrong number of arguments for 'client|setname' command",
        "client, -ERR wrong number of arguments for 'client' command",
        "client reply off, -ERR unsupported subcommand 'reply' of 'client'",
        "client PAUSE 1, -ERR unsupported subcommand 'pause' of 'client'",
        "client kill id 7, -ERR unsupported subcommand 'kill' of 'client'",
        "client tracking on, -ERR unsupported subcommand 'tracking' of 'client'",
        "client list type, -ERR syntax error",
        "client list type pubsub, $0",
        "client list id 1 2, $0",
    })
    void answersClientSubcommands(String line, String expected) {
        String wanted = expected.equals("$0") ? "$0\r\n\r\n" : expected + "\r\n";
        assertThat(talk.answer(line)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client info",
                "client list",
                "client list type normal",
                "client list id 3 7"
            })
    void showsAClientItself(String line) {
        talk.answer("client setname bob");
        talk.answer("client setinfo lib-name lib");
        talk.answer("client setinfo lib-ver 2");
        String text =
                "id=7 addr=10.0.0.1:4000 laddr=10.0.0.2:22121 name=bob age=61 idle=0 flags=N db=0"
                        + " sub=0 psub=0 ssub=0 multi=-1 qbuf=0 qbuf-free=0 argv-mem=0 multi-mem=0"
                        + " rbs=0 rbp=0 obl=0 oll=0 omem=0 tot-mem=0 events=r cmd=client"
                        + " user=default redir=-1 resp=2 lib-name=lib lib-ver=2\n";
        assertThat(talk.answer(line)).isEqualTo("$" + text.length() + "\r\n" + text + "\r\n");
    }

    @Test
    void printsHelpFromTheTableOfSubcommands() {
        assertThat(talk.answer("client help"))
                .startsWith("*9\r\n+CLIENT <subcommand>")
                .contains("\r\n+SETNAME <name>: names the connection.\r\n");
        assertThat(talk.answer("config help")).startsWith("*2\r\n+CONFIG ");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, +OK",
        "3, 3, +OK",
        "3, 0, +OK",
        "3, 2, '-ERR DB index is out of range, this pool is database 3 of its servers'",
        "0, 1, '-ERR DB index is out of range, this pool is database 0 of its servers'",
        "0, x, -ERR value is not an integer or out of range",
        "0, -1, -ERR value is not an integer or out of range",
    })
    void selectsZeroAndItsOwnDatabaseOnly(int database, String number, String expected) {
        assertThat(Talk.withDatabase(database).answer("select " + number))
                .isEqualTo(expected + "\r\n");
    }

    @Test
    void countsTheCommandsThatItCanDo() {
        long usable = Arrays.stream(RedisCommand.values()).filter(row -> !row.isRefused()).count();
        assertThat(talk.answer("command count")).isEqualTo(":" + usable + "\r\n");
        assertThat(talk.answer("command")).startsWith("*" + usable + "\r\n*10\r\n");
        assertThat(talk.answer("command info")).isEqualTo(talk.answer("command"));
        assertThat(talk.answer("command list"))
                .startsWith("*" + usable + "\r\n")
                .contains("\r\n$8\r\njson.get\r\n")
                .doesNotContain("multi");
        assertThat(talk.answer("command docs")).startsWith("*" + 2 * usable + "\r\n");
    }

    @Test
    void describesCommandsAsRedisDoes() {
        assertThat(talk.answer("command info GET nothing multi sort"))
                .isEqualTo(
                        wire(
                                "*4|*10|$3|get|:2|*2|+readonly|+fast|:1|:1|:1|*0|*0|*0|*0|*-1|*-1|"
                                        + "*10|$4|sort|:-2|*3|+write|+denyoom|+movablekeys|"
                                        + ":1|:1|:1|*0|*0|*0|*0|"));
    }

    @Test
    void documentsCommandsByWhatBecomesOfThem() {
        String summary = "Sent to the server of its keys: argument 1.";
        assertThat(talk.answer("command docs get nothing"))
                .isEqualTo(
                        wire("*2|$3|get|*4|$7|summary|$" + summary.length() + "|" + summary)
                                + wire("|$5|group|$7|generic|"));
    }

    @ParameterizedTest
    @CsvSource({
        "command getkeys get a, *1|$1|a",
        "command getkeys mset a 1 bb 2, *2|$1|a|$2|bb",
        "command getkeys eval s 2 a b c, *2|$1|a|$1|b",
        "command getkeys xread block 0 streams a 0, *1|$1|a",
        "command getkeys blpop a b 0, *2|$1|a|$1|b",
        "command getkeys ping, -ERR The command has no key arguments",
        "command getkeys what a, -ERR Invalid command specified",
        "command getkeys get, -ERR Invalid number of arguments specified for command",
        "command getkeys zunion 3 a, -ERR Invalid arguments specified for command",
        "command what, -ERR unsupported subcommand 'what' of 'command'",
    })
    void findsTheKeysOfOtherCommands(String line, String expected) {
        assertThat(talk.answer(line)).isEqualTo(wire(expected + "|"));
    }

    @Test
    void tellsClientsWhatTheyLookForInInfo() {
        assertThat(talk.answer("info"))
                .contains(wire("# Server|redis_version:7.2.0|redis_mode:standalone|"))
                .contains(wire("|bilitw_version:1.2.3|"), wire("|bilitw_pool:alpha|"))
                .contains(wire("|tcp_port:22121|"))
                .containsPattern("\r\nuptime_in_seconds:\\d+\r\n")
                .contains(wire("||# Persistence|loading:0|"))
                .contains(wire("||# Replication|role:master|"))
                .contains(wire("|cluster_enabled:0|"));
    }

    @ParameterizedTest
    @CsvSource({
        "info Persistence, '# Persistence|loading:0|'",
        "info nothing, ''",
        "info cluster persistence, '# Persistence|loading:0||# Cluster|cluster_enabled:0|'",
    })
    void tellsTheSectionsAskedFor(String line, String lines) {
        String text = wire(lines);
        assertThat(talk.answer(line)).isEqualTo("$" + text.length() + wire("|" + text + "|"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "everything", "default"})
    void takesEveryWordForAllSections(String word) {
        assertThat(talk.answer("info " + word)).contains("# Server", "# Cluster");
    }

    @Test
    void tellsTheTime() {
        String[] lines = talk.answer("time").split("\r\n", 0);
        assertThat(lines[0]).isEqualTo("*2");
        assertThat(Instant.ofEpochSecond(Long.parseLong(lines[2])))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(Integer.parseInt(lines[4])).isBetween(0, 999_999);
    }

    @Test
    void endsLolwutWithItsVersion() {
        assertThat(talk.answer("lolwut")).endsWith("bilitw ver. 1.2.3\n\r\n");
        assertThat(talk.answer("lolwut version 5")).startsWith("$");
    }

    /** Puts a line end for every bar. */
    private static String wire(String lines) {
        return lines.replace("|", "\r\n");
    }
}
