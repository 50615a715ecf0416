package io.bilitw.fuzz;

import java.util.List;
import java.util.function.Supplier;

/** What must hold for whatever a server sends. */
final class ResponseLaws {

    private static final int DIRECT = 0;

    private ResponseLaws() {}

    /** Holds them for connections with parsers from {@code readers}, and for {@code input}. */
    static void hold(Supplier<? extends MessageReader> readers, FuzzInput input) {
        try (Buffers buffers = new Buffers(input.flag(DIRECT))) {
            Delivery delivery = new Delivery(input, buffers);
            List<String> whole = delivery.whole(readers.get());
            Law.holdSame(whole, delivery.pieces(readers.get()));
            delivery.holdCost(readers);
            if (input.isShort()) {
                Law.holdSame(whole, delivery.single(readers.get()));
            }
        }
    }
}
