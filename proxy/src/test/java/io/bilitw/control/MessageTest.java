package io.bilitw.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {

    @ParameterizedTest
    @EnumSource(Order.class)
    void readsWhatItHasWritten(Order kind) {
        for (String argument : new String[] {"", "1", "/a path with blanks", "a: b\nc"}) {
            Message<Order> message = new Message<>(kind, argument);
            assertThat(Message.read(Order.class, message.bytes())).isEqualTo(message);
        }
    }

    @Test
    void looksLikeText() {
        assertThat(new Message<>(Order.LOG_LEVEL, "7").bytes())
                .isEqualTo("log_level 7".getBytes(UTF_8));
        assertThat(new Message<>(Report.READY, "").bytes()).isEqualTo("ready".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dance", "dance 7", " start"})
    void refusesWhatItDoesNotKnow(String text) {
        assertThatThrownBy(() -> Message.read(Order.class, text.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void startSettingsComeBack() {
        StartSettings settings = new StartSettings(16384, 5, 42, -1);
        assertThat(StartSettings.read(settings.text())).isEqualTo(settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*2\r\n$3\r\nGET\r\n", "\n\n", "get a"})
    void movedClientComesBack(String unread) {
        MovedClient client =
                new MovedClient(
                        "/tmp/a.sock",
                        "alpha",
                        4294967297L,
                        -5,
                        Map.of("name", "", "resp", "3"),
                        unread.getBytes(UTF_8));

        MovedClient read = MovedClient.read(client.bytes());

        assertThat(read).usingRecursiveComparison().isEqualTo(client);
    }

    @Test
    void movedClientWithoutStateComesBack() {
        MovedClient client = new MovedClient("127.0.0.1:1", "b", 1, 2, Map.of(), new byte[] {1, 2});

        assertThat(MovedClient.read(client.bytes())).usingRecursiveComparison().isEqualTo(client);
    }
}
