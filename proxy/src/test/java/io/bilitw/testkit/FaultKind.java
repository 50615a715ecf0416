package io.bilitw.testkit;

/** What can go wrong for a client of a {@link CheckedLoad}. */
public enum FaultKind {
    /** Nobody accepted the connection. */
    REFUSED("refused connect"),
    /** The connection broke: a reset, or a write into a connection that the peer has closed. */
    RESET("reset"),
    /** The peer closed while something was still owed or the client was only idle. */
    END("end of stream"),
    /** Nothing came, or nothing was taken, for too long. */
    LATE("no answer within 5 s"),
    /** Other bytes came than the only right ones, or bytes that nobody asked for. */
    WRONG("wrong answer"),
    /** The client itself failed, which says nothing about the peer. */
    BROKEN("failure of the load itself");

    private final String text;

    FaultKind(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
