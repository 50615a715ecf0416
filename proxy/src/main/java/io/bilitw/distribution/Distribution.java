package io.bilitw.distribution;

/**
 * Which server a hash belongs to: an immutable snapshot of the servers that were live when it was
 * built. When a server is ejected or comes back, a new one takes its place.
 */
public sealed interface Distribution permits Ketama, Modula, RandomChoice {

    /**
     * Returns the {@link LiveServer#index} of the server that owns {@code hash}, which is read as
     * unsigned. Allocates nothing.
     */
    int serverIndex(int hash);

    /**
     * Says in a few words, for people, what {@code hash} falls on and so decides for its server: a
     * point of the continuum, a slot of a list.
     */
    String describe(int hash);
}
