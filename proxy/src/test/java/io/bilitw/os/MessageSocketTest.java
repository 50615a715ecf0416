package io.bilitw.os;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MessageSocketTest {

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private static MessageSocket.Received receive(MessageSocket socket) {
        return Objects.requireNonNull(socket.receive());
    }

    @Test
    void keepsMessagesApartAndInOrder() throws OsException {
        List<MessageSocket> ends = MessageSocket.pair();
        try (MessageSocket a = ends.getFirst();
                MessageSocket b = ends.getLast()) {
            assertThat(a.trySend(bytes("one"), MessageSocket.NO_DESCRIPTOR)).isTrue();
            assertThat(a.trySend(bytes("two"), MessageSocket.NO_DESCRIPTOR)).isTrue();

            assertThat(receive(b))
                    .satisfies(first -> {
                        assertThat(first.bytes()).isEqualTo(bytes("one"));
                        assertThat(first.descriptor()).isEqualTo(MessageSocket.NO_DESCRIPTOR);
                    });
            assertThat(receive(b).bytes()).isEqualTo(bytes("two"));
        }
    }

    @Test
    void carriesAnOpenFileThatTheReceiverOwns() throws IOException {
        List<MessageSocket> ends = MessageSocket.pair();
        try (MessageSocket a = ends.getFirst();
                MessageSocket b = ends.getLast()) {
            int file = Descriptors.openInMemory("test", bytes("content"));
            assertThat(a.trySend(bytes("file"), file)).isTrue();
            Descriptors.close(file);

            int received = receive(b).descriptor();

            assertThat(Files.readString(Descriptors.path(received))).isEqualTo("content");
            Descriptors.close(received);
        }
    }

    @Test
    void doesNotWaitForASlowPeerAndLosesNothing() throws OsException {
        List<MessageSocket> ends = MessageSocket.pair();
        try (MessageSocket a = ends.getFirst();
                MessageSocket b = ends.getLast()) {
            int sent = 0;
            while (a.trySend(bytes("message " + sent), MessageSocket.NO_DESCRIPTOR)) {
                sent++;
            }
            assertThat(sent).isBetween(10, 100_000);
            for (int i = 0; i < sent; i++) {
                assertThat(receive(b).bytes()).isEqualTo(bytes("message " + i));
            }
            assertThat(a.trySend(bytes("again"), MessageSocket.NO_DESCRIPTOR)).isTrue();
        }
    }

    @Test
    void losesNothingOfAPeerThatHasGoneWithMessagesUnread() throws OsException {
        List<MessageSocket> ends = MessageSocket.pair();
        try (MessageSocket a = ends.getFirst()) {
            MessageSocket b = ends.getLast();
            a.trySend(bytes("unread"), MessageSocket.NO_DESCRIPTOR);
            b.trySend(bytes("last words"), MessageSocket.NO_DESCRIPTOR);
            b.close();

            assertThat(receive(a).bytes()).isEqualTo(bytes("last words"));
            assertThat(a.receive()).isNull();
        }
    }

    @Test
    void tellsThatThePeerHasGone() throws OsException {
        List<MessageSocket> ends = MessageSocket.pair();
        try (MessageSocket a = ends.getFirst()) {
            ends.getLast().close();

            assertThat(a.receive()).isNull();
            assertThatThrownBy(() -> a.trySend(bytes("x"), MessageSocket.NO_DESCRIPTOR))
                    .isInstanceOf(OsException.class)
                    .hasMessage("Broken pipe");
        }
    }
}
