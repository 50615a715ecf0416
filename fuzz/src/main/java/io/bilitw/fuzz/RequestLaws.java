package io.bilitw.fuzz;

import io.bilitw.protocol.Protocol;
import java.util.List;

/** What must hold for whatever a client sends. */
final class RequestLaws {

    private static final int DIRECT = 0;
    private static final int MOVING = 1;

    private RequestLaws() {}

    /** Holds them for a client of {@code protocol} that sends {@code input}. */
    static void hold(Protocol protocol, FuzzInput input) {
        try (Buffers buffers = new Buffers(input.flag(DIRECT))) {
            boolean isMoving = input.flag(MOVING);
            Delivery delivery = new Delivery(input, buffers);
            List<String> whole = delivery.whole(new RequestReader(protocol, buffers, false));
            List<String> pieces = delivery.pieces(new RequestReader(protocol, buffers, isMoving));
            Law.holdSame(whole, pieces);
            delivery.holdCost(() -> new RequestReader(protocol, buffers, false));
            if (input.isShort()) {
                Law.holdSame(
                        whole, delivery.single(new RequestReader(protocol, buffers, isMoving)));
            }
        }
    }
}
