package io.bilitw.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HandshakeTest {

    private final Handshake.Step step = new Handshake.Step("AUTH", new byte[0], true, "s3cret");

    @Test
    void leavesOutWhatAServerRepeats() {
        assertThat(step.withoutSecret("ERR unknown command 'AUTH', with args beginning with: 's3c"))
                .isEqualTo("ERR unknown command 'AUTH'");
        assertThat(step.withoutSecret("ERR s3cret is no password"))
                .isEqualTo("ERR *** is no password");
    }

    @Test
    void leavesOtherAnswersAsTheyAre() {
        assertThat(step.withoutSecret("WRONGPASS invalid password"))
                .isEqualTo("WRONGPASS invalid password");
        Handshake.Step plain = new Handshake.Step("SELECT 1", new byte[0], true, null);
        assertThat(plain.withoutSecret("ERR x, with args beginning with: '1'"))
                .isEqualTo("ERR x, with args beginning with: '1'");
    }
}
