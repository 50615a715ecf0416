package io.bilitw.server;

import io.bilitw.config.Address;
import io.bilitw.net.Transport;
import io.bilitw.testkit.SampleSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes server connections whose sockets have no network: a test plays the servers. */
public final class SampleConnector implements Connector, AutoCloseable {

    private final List<Attempt> attempts = new ArrayList<>();
    private final List<SampleSocket> sockets = new ArrayList<>();

    private record Attempt(
            Address address, ServerConnection connection, Transport.Settings settings) {}

    @Override
    public void connect(Address address, ServerConnection connection, Transport.Settings settings) {
        attempts.add(new Attempt(address, connection, settings));
    }

    /** To which addresses connections were begun, in order. */
    public List<String> addresses() {
        return attempts.stream().map(attempt -> attempt.address().toString()).toList();
    }

    /** Lets attempt {@code index} succeed; returns the server's side. */
    public SampleSocket accept(int index) {
        SampleSocket socket = new SampleSocket();
        sockets.add(socket);
        ServerConnection connection = attempts.get(index).connection();
        connection.connection().attach(socket.channel());
        connection.onConnected();
        return socket;
    }

    /** Lets attempt {@code index} fail. */
    public void refuse(int index, @Nullable Throwable cause) {
        attempts.get(index).connection().onClosed(cause);
    }

    /** How long attempt {@code index} may take, in milliseconds. */
    public int connectMillis(int index) {
        return attempts.get(index).settings().connectMillis();
    }

    @Override
    public void close() {
        sockets.forEach(SampleSocket::close);
    }
}
