package io.bilitw.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms of {@code listen} and {@code servers}, and the names that come out of them. */
class AddressFormsTest {

    private final Problems problems = new Problems("f.yml");
    private final Spot spot = new Spot("key", new Position(7, 3), problems);

    @ParameterizedTest
    @MethodSource
    void readsServer(String text, String name, String pname, Address address, int weight) {
        assertThat(ServerText.parse(text, spot))
                .isEqualTo(new ServerConfig(name, pname, address, weight));
        assertThat(problems.faults()).isEmpty();
    }

    static Stream<Arguments> readsServer() {
        return Stream.of(
                arguments(
                        "10.0.0.1:6379:1",
                        "10.0.0.1:6379",
                        "10.0.0.1:6379:1",
                        tcp("10.0.0.1", 6379),
                        1),
                arguments("h:6379:1 server1", "server1", "h:6379:1", tcp("h", 6379), 1),
                arguments(
                        "h:6379:2147483647 a:b:c",
                        "a:b:c",
                        "h:6379:2147483647",
                        tcp("h", 6379),
                        Integer.MAX_VALUE),
                arguments("h:11211:1", "h", "h:11211:1", tcp("h", 11211), 1),
                arguments("h:011211:1", "h", "h:011211:1", tcp("h", 11211), 1),
                arguments("h:11211:1 named", "named", "h:11211:1", tcp("h", 11211), 1),
                arguments("h:06379:01", "h:06379", "h:06379:01", tcp("h", 6379), 1),
                arguments("::1:6379:1", "::1:6379", "::1:6379:1", tcp("::1", 6379), 1),
                arguments(
                        "fd00::3:11211:1", "fd00::3", "fd00::3:11211:1", tcp("fd00::3", 11211), 1),
                arguments("[::1]:6379:1", "[::1]:6379", "[::1]:6379:1", tcp("::1", 6379), 1),
                arguments(
                        "nonsense..host:1:1",
                        "nonsense..host:1",
                        "nonsense..host:1:1",
                        tcp("nonsense..host", 1),
                        1),
                arguments("/tmp/a.sock:1", "/tmp/a.sock:", "/tmp/a.sock:1", unix("/tmp/a.sock"), 1),
                arguments("/tmp/c.sock:5 named", "named", "/tmp/c.sock:5", unix("/tmp/c.sock"), 5));
    }

    @ParameterizedTest
    @MethodSource
    void readsListen(String text, Address address) {
        assertThat(ListenText.parse(text, spot)).isEqualTo(address);
        assertThat(problems.faults()).isEmpty();
        assertThat(problems.warnings()).isEmpty();
    }

    static Stream<Arguments> readsListen() {
        return Stream.of(
                arguments("127.0.0.1:22121", tcp("127.0.0.1", 22121)),
                arguments("0.0.0.0:1", tcp("0.0.0.0", 1)),
                arguments("localhost:65535", tcp("localhost", 65535)),
                arguments("::1:27001", tcp("::1", 27001)),
                arguments(":::27001", tcp("::", 27001)),
                arguments("[::1]:27001", tcp("::1", 27001)),
                arguments("/tmp/alpha.sock", unix("/tmp/alpha.sock")),
                arguments("/tmp/alpha.sock 0660", new UnixAddress("/tmp/alpha.sock", 0660)),
                arguments("/tmp/alpha.sock 777", new UnixAddress("/tmp/alpha.sock", 0777)),
                arguments("/tmp/alpha.sock 0", unix("/tmp/alpha.sock")),
                arguments(
                        "/tmp/with blank.sock 0600", new UnixAddress("/tmp/with blank.sock", 0600)),
                arguments("/" + "x".repeat(106), unix("/" + "x".repeat(106))));
    }

    @ParameterizedTest
    @CsvSource({"999, 0, none", "abc, 0, none", "'', 0, none", "78, 7, 07", "0660x, 432, 0660"})
    void readsPermissionAsTwemproxyDoesAndWarns(String written, int permission, String readAs) {
        assertThat(ListenText.parse("/tmp/s " + written, spot))
                .isEqualTo(new UnixAddress("/tmp/s", permission));
        assertThat(problems.faults()).isEmpty();
        assertThat(problems.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "f.yml:7:3: warning: key: permission '"
                                + written
                                + "' is not octal and read as "
                                + readAs);
    }

    @ParameterizedTest
    @MethodSource
    void showsAddressAsAnOperatorWritesIt(Address address, String shown) {
        assertThat(address).hasToString(shown);
    }

    static Stream<Arguments> showsAddressAsAnOperatorWritesIt() {
        return Stream.of(
                arguments(tcp("127.0.0.1", 80), "127.0.0.1:80"),
                arguments(tcp("::1", 80), "[::1]:80"),
                arguments(new UnixAddress("/tmp/s", 0600), "/tmp/s"));
    }

    @Test
    void ordersNamesByLengthAndThenByBytes() {
        assertThat(
                        List.of("zz", "long-name", "a", "é", "bb", "aé", "B", "").stream()
                                .sorted(NameOrder.SHORTER_FIRST))
                .containsExactly("", "B", "a", "bb", "zz", "é", "aé", "long-name");
    }

    private static Address tcp(String host, int port) {
        return new TcpAddress(host, port);
    }

    private static Address unix(String path) {
        return new UnixAddress(path, 0);
    }
}
