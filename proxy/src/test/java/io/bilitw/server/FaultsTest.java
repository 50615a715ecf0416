package io.bilitw.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.Failure;
import io.bilitw.stats.ServerMetric;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    @BeforeAll
    static void loadNativeLibrary() {
        Epoll.ensureAvailability(); // it has the texts of strerror(3)
    }

    @ParameterizedTest
    @CsvSource({
        "1, Operation not permitted",
        "11, Resource temporarily unavailable",
        "12, Cannot allocate memory",
        "13, Permission denied",
        "22, Invalid argument",
        "23, Too many open files in system",
        "24, Too many open files",
        "32, Broken pipe",
        "97, Address family not supported by protocol",
        "99, Cannot assign requested address",
        "100, Network is down",
        "101, Network is unreachable",
        "103, Software caused connection abort",
        "104, Connection reset by peer",
        "105, No buffer space available",
        "110, Connection timed out",
        "111, Connection refused",
        "112, Host is down",
        "113, No route to host",
    })
    void wordsErrorOfTheOperatingSystemAsTheCLibrary(int errno, String text) {
        assertThat(textOf(Errors.newIOException("recvAddress", -errno))).isEqualTo(text);
        assertThat(textOf(wrapped(Errors.newIOException("connect", -errno)))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "13, Permission denied",
        "99, Cannot assign requested address",
        "110, Connection timed out",
        "111, Connection refused",
        "11, Resource temporarily unavailable",
        "2, No such file or directory",
    })
    void wordsErrorOfConnect(int errno, String text) {
        assertThat(textOf(connectFailure(errno))).isEqualTo(text);
    }

    @Test
    void leavesOutTheAddressThatNettyPutsBehind() {
        IOException cause = connectFailure(111);
        Throwable annotated = new ConnectException(cause.getMessage() + ": /127.0.0.1:6379");
        annotated.initCause(cause);

        assertThat(Faults.failureOf(annotated)).isEqualTo(Failure.CONNECTION_REFUSED);
    }

    @Test
    void wordsHostThatCannotBeReached() {
        assertThat(textOf(connectFailure(113))).isEqualTo("No route to host");
        assertThat(textOf(new NoRouteToHostException())).isEqualTo("No route to host");
    }

    @Test
    void wordsWhatJavaAndNettyHaveTypesFor() {
        assertThat(Faults.failureOf(new ConnectTimeoutException("connection timed out after 9 ms")))
                .isEqualTo(Failure.TIMED_OUT);
        assertThat(textOf(new FileNotFoundException("/tmp/x.sock")))
                .isEqualTo("No such file or directory");
        assertThat(Faults.failureOf(Errors.newIOException("recvAddress", -104)))
                .isEqualTo(Failure.RESET);
    }

    @Test
    void wordsCloseInGoodOrder() {
        assertThat(Faults.failureOf(null)).isEqualTo(Failure.CLOSED);
        assertThat(Faults.failureOf(new ClosedChannelException())).isEqualTo(Failure.CLOSED);
    }

    @Test
    void hasWordsForWhatItDoesNotKnow() {
        assertThat(textOf(new IOException())).isEqualTo("Input/output error");
        assertThat(textOf(new IllegalStateException("made up"))).isEqualTo("Input/output error");
    }

    @Test
    void countsByKind() {
        assertThat(Faults.metricOf(Failure.CLOSED)).isEqualTo(ServerMetric.SERVER_EOF);
        assertThat(Faults.metricOf(Failure.TIMED_OUT)).isEqualTo(ServerMetric.SERVER_TIMEDOUT);
        assertThat(Faults.metricOf(Faults.failureOf(connectFailure(110))))
                .isEqualTo(ServerMetric.SERVER_TIMEDOUT);
        assertThat(Faults.metricOf(Failure.RESET)).isEqualTo(ServerMetric.SERVER_ERR);
        assertThat(Faults.metricOf(Failure.HOST_DOWN)).isEqualTo(ServerMetric.SERVER_ERR);
        assertThat(Faults.metricOf(Failure.INVALID_RESPONSE)).isEqualTo(ServerMetric.SERVER_ERR);
    }

    private static String textOf(Throwable cause) {
        return Faults.failureOf(cause).text();
    }

    private static Throwable wrapped(Throwable cause) {
        return new IOException("connection failed", cause);
    }

    /** What Netty throws when connect(2) fails with {@code errno}. */
    @SuppressWarnings("deprecation") // what the transport itself calls, so the text is the real one
    private static IOException connectFailure(int errno) {
        try {
            Errors.throwConnectException("connect", -errno);
        } catch (IOException e) {
            return e;
        }
        throw new AssertionError("no failure of errno " + errno);
    }
}
