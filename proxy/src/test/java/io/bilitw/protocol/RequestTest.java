package io.bilitw.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.SampleSink;
import org.junit.jupiter.api.Test;

class RequestTest {

    private static final byte[] MISS = "END\r\n".getBytes(US_ASCII);

    private final RequestPool requests = new RequestPool();
    private final SampleSink sink = new SampleSink(requests);

    @Test
    void failsWithTheFailure() {
        sink.request("a").fail(Failure.TIMED_OUT);
        assertThat(sink.answers()).containsExactly("a failed: Connection timed out");
    }

    @Test
    void missesInsteadWhenItKnowsHow() {
        Request request = sink.request("a");
        request.missIs(MISS);
        request.fail(Failure.TIMED_OUT);
        assertThat(sink.answers()).containsExactly("a END");
    }

    @Test
    void missesSilentlyWhenItIsQuiet() {
        Request request = sink.request("a");
        request.makeQuiet();
        request.missIs(MISS);
        request.fail(Failure.CONNECTION_REFUSED);
        assertThat(sink.answers()).containsExactly("a silence");
    }

    @Test
    void missesNotWhatTheClientAskedWrong() {
        Request request = sink.request("a");
        request.missIs(MISS);
        request.fail(Failure.KEYS_APART);
        assertThat(sink.answers()).singleElement().asString().startsWith("a failed: ");
    }

    @Test
    void forgetsAllInItsNextLife() {
        Request first = sink.request("a");
        first.makeQuiet();
        first.missIs(MISS);
        first.fail(Failure.TIMED_OUT);
        Request second = sink.request("b");
        assertThat(second).isSameAs(first);
        assertThat(second.isQuiet()).isFalse();
        second.fail(Failure.TIMED_OUT);
        assertThat(sink.answers()).containsExactly("a silence", "b failed: Connection timed out");
    }
}
