package io.bilitw.worker;

import io.bilitw.client.ClientAcceptor;
import io.bilitw.client.ClientSession;
import io.bilitw.client.ClientState;
import io.bilitw.control.MovedClient;
import io.bilitw.net.Transport;
import io.bilitw.os.Descriptors;
import io.bilitw.os.MessageSocket;
import io.bilitw.os.OsException;
import io.netty.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over the clients of the worker before, and confirms each. */
final class Adoption {

    /** Confirmations. */
    static final byte TAKEN = 1;

    private static final byte NOT_TAKEN = 0;

    private static final Logger log = LoggerFactory.getLogger("worker");

    private final Worker worker;
    private final MessageSocket predecessor;

    Adoption(Worker worker, MessageSocket predecessor) {
        this.worker = worker;
        this.predecessor = predecessor;
    }

    /** Begins to take clients in, until the predecessor has ended. */
    void start() {
        Thread.ofPlatform().daemon().name("adoption").start(this::receiveAll);
    }

    private void receiveAll() {
        for (MessageSocket.Received received = predecessor.receive();
                received != null;
                received = predecessor.receive()) {
            MovedClient client = MovedClient.read(received.bytes());
            int socket = received.descriptor();
            worker.eventLoop().execute(() -> adopt(client, socket));
        }
        predecessor.close();
    }

    private void adopt(MovedClient client, int socket) {
        ClientAcceptor acceptor = worker.acceptorFor(client.listen(), client.pool());
        if (socket == MessageSocket.NO_DESCRIPTOR) {
            log.warn("no file is free for a client, so the predecessor serves it on");
            confirm(NOT_TAKEN);
            return;
        }
        if (acceptor == null) {
            Descriptors.close(socket);
            confirm(NOT_TAKEN);
            return;
        }
        ClientSession session;
        Channel channel = Transport.adopt(socket, acceptor.pool().config().listen());
        try {
            session = acceptor.adopt(channel, stateOf(client));
        } catch (RuntimeException bug) { // each client is confirmed, or later ones are mistaken
            log.error("a bug leaves a client with the predecessor", bug);
            channel.unsafe().closeForcibly();
            confirm(NOT_TAKEN);
            return;
        }
        confirm(TAKEN); // first, for what happens from here on happens here
        Transport.register(worker.eventLoop(), channel);
        session.connection().start();
        session.connection().showAgain(); // a whole request may be in what the predecessor has read
    }

    private static ClientState stateOf(MovedClient client) {
        return new ClientState(
                client.id(), client.acceptedNanos(), client.state(), client.unread());
    }

    private void confirm(byte answer) {
        try {
            if (!predecessor.trySend(new byte[] {answer}, MessageSocket.NO_DESCRIPTOR)) {
                log.error("the predecessor does not listen");
            }
        } catch (OsException e) {
            log.debug("the predecessor has ended: {}", e.getMessage());
        }
    }
}
