package io.bilitw.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class LeakRecorderTest {

    @Test
    void reportsBufferThatNobodyReleased() throws InterruptedException {
        forgetBuffer();
        assertThat(LeakRecorder.takeLeaks())
                .singleElement()
                .asString()
                .startsWith("ByteBuf")
                .contains("LeakRecorderTest.forgetBuffer");
    }

    @Test
    void isSilentAboutReleasedBuffer() throws InterruptedException {
        ByteBufAllocator.DEFAULT.buffer(16).release();
        assertThat(LeakRecorder.takeLeaks()).isEmpty();
    }

    private static void forgetBuffer() {
        ByteBuf forgotten = ByteBufAllocator.DEFAULT.buffer(16);
        forgotten.writeByte('x');
    }
}
