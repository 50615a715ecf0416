package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemcacheErrorTest {

    private final ByteBuf out = Unpooled.buffer();
    private final MemcacheProtocol protocol =
            new MemcacheProtocol(new MemcacheSettings("alpha", false, "1.2.3"));

    @ParameterizedTest
    @EnumSource
    void isOneLineThatBeginsWithAnErrorWord(MemcacheError error) {
        error.write(out, "x\r\ny");
        assertThat(text()).matches("(CLIENT_|SERVER_)?ERROR( [^\r\n{}]+)?\r\n");
    }

    @Test
    void namesTheFailureOfAServerInItsWords() {
        protocol.writeFailure(Failure.CONNECTION_REFUSED, out);
        assertThat(text()).isEqualTo("SERVER_ERROR Connection refused\r\n");
    }

    @Test
    void tellsOneClientTooManyWhatMemcachedDoes() {
        protocol.writeTooManyClients(out);
        assertThat(text()).isEqualTo("ERROR Too many open connections\r\n");
    }

    private String text() {
        return out.toString(ISO_8859_1);
    }
}
