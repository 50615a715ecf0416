package io.bilitw.protocol.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.ParseStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a response of RESP3 ends; line ends are written as slashes. */
class Resp3ResponseTest {

    private final RedisResponseParser parser = new RedisResponseParser(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_/",
                "#t/",
                ",1.5/",
                ",-inf/",
                "(3492890328409238509324850943850943825024385/",
                "=7/txt:abc/",
                "!9/ERR wrong/",
                "~2/+a/:1/",
                "~0/",
                "%0/",
                "%2/+a/:1/$1/b/*2/_/%1/+c/~1/#f/",
                "|1/+ttl/:3600/*1/$1/a/",
                "*2/|1/+a/%1/+b/_/:1/:2/",
            })
    void endsWithItsLastValue(String response) {
        byte[] wire = wire(response);
        ByteBuf in = Unpooled.buffer();
        for (int i = 0; i < wire.length - 1; i++) {
            in.writeByte(wire[i]);
            assertThat(parser.parse(in)).as("after byte %d", i).isEqualTo(ParseStatus.NEED_MORE);
        }
        in.writeByte(wire[wire.length - 1]);
        in.writeBytes(wire(":7/"));
        assertThat(parser.parse(in)).isEqualTo(ParseStatus.COMPLETE);
        assertThat(parser.length()).isEqualTo(wire.length);
    }

    @Test
    void tellsErrorsOfEitherForm() {
        parser.parse(Unpooled.wrappedBuffer(wire("!9/ERR wrong/")));
        assertThat(parser.isError()).isTrue();
        parser.parse(Unpooled.wrappedBuffer(wire("_/")));
        assertThat(parser.isError()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {">2/+message/+x/", "*1/>1/+x/", "$?/", "%x/", "%99999999999/", "=3/txt:/"})
    void refusesWhatNoRequestCanGet(String response) {
        assertThat(parser.parse(Unpooled.wrappedBuffer(wire(response))))
                .isEqualTo(ParseStatus.INVALID);
    }

    private static byte[] wire(String response) {
        return response.replace("/", "\r\n").getBytes(ISO_8859_1);
    }
}
