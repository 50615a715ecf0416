package io.bilitw.net;

import java.io.Serial;

/** A long message cannot be taken in, as the memory of the worker is used up. */
public final class MemoryShortage extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    MemoryShortage(long bytes) {
        super("max_memory leaves no room for a message of " + bytes + " bytes or more");
    }
}
