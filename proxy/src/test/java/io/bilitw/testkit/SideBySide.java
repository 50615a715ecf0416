package io.bilitw.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.util.Arrays;
import java.util.List;

/**
 * Sends the same commands to a proxy and to one plain redis, and holds the answers against each
 * other byte for byte.
 *
 * <p>A command is written as one line, its arguments divided by single blanks.
 */
public final class SideBySide implements Closeable {

    private final RespClient proxy;
    private final RespClient redis;

    /** Takes over both connections. */
    public SideBySide(RespClient proxy, RespClient redis) {
        this.proxy = proxy;
        this.redis = redis;
    }

    /** Checks that each command gets the same answer from both, and that the answer is no error. */
    public void agree(String... commands) {
        for (String command : commands) {
            agree(arguments(command));
        }
    }

    /** Checks one command given as bytes and returns the answer. */
    public Response agree(List<byte[]> command) {
        Response answer = same(command);
        assertThat(answer.isError()).as("%s got %s", shown(command), answer).isFalse();
        return answer;
    }

    /** Checks that each command gets the same error from both. */
    public void agreeOnError(String... commands) {
        for (String command : commands) {
            Response answer = same(arguments(command));
            assertThat(answer.isError()).as("%s got %s", command, answer).isTrue();
        }
    }

    @Override
    public void close() {
        proxy.close();
        redis.close();
    }

    private Response same(List<byte[]> command) {
        Response expected = redis.call(command);
        assertThat(proxy.call(command)).as(shown(command)).isEqualTo(expected);
        return expected;
    }

    private static List<byte[]> arguments(String command) {
        return Arrays.stream(command.split(" ", -1)).map(Resp::bytes).toList();
    }

    private static String shown(List<byte[]> command) {
        return String.join(" ", command.stream().map(Resp::text).toList());
    }
}
