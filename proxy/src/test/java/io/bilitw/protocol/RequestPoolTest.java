package io.bilitw.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class RequestPoolTest {

    private final RequestPool requests = new RequestPool();
    private final ResponseSink sink = new NoSink();

    @Test
    void handsOutAgainWhatWasGivenBack() {
        Request first = requests.take(sink, 3);
        assertThat(first.fragment()).isEqualTo(3);
        assertThat(requests.take(sink)).isNotSameAs(first);
        requests.giveBack(first);

        Request second = requests.take(sink);

        assertThat(second).isSameAs(first);
        assertThat(second.fragment()).isZero();
        assertThat(second.isAnswered()).isFalse();
        assertThat(second.sink()).isSameAs(sink);
    }

    @Test
    void releasesTheResponseThatIsHeld() {
        Request request = requests.take(sink);
        ByteBuf response = ByteBufAllocator.DEFAULT.buffer();
        request.hold(response, 1, 2);
        assertThat(request.isAnswered()).isTrue();
        assertThat(request.response()).isSameAs(response);
        assertThat(request.responseFrom()).isEqualTo(1);
        assertThat(request.responseBytes()).isEqualTo(2);

        requests.giveBack(request);

        assertThat(response.refCnt()).isZero();
        assertThatIllegalStateException().isThrownBy(request::response);
        assertThatIllegalStateException().isThrownBy(request::sink);
    }

    @Test
    void takesNoRequestBackTwice() {
        Request request = requests.take(sink);
        requests.giveBack(request);

        assertThatIllegalStateException().isThrownBy(() -> requests.giveBack(request));

        assertThat(requests.take(sink)).isNotSameAs(requests.take(sink));
    }

    private static final class NoSink implements ResponseSink {

        @Override
        public void onResponse(Request request, ByteBuf in, int from, int bytes) {}

        @Override
        public void onSilence(Request request) {}

        @Override
        public void onFailure(Request request, Failure failure) {}
    }
}
