package io.bilitw.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.function.IntSupplier;

/**
 * The requests that a client sends at once. They are laid out when the batch is made; after that
 * only the digits of their keys change, so a request costs a few writes of eight bytes.
 */
final class RequestBatch {

    private static final String KEY = "key:000000000000";
    private static final int DIGITS_FROM = "get key:0000".length();
    private static final int KEY_DISTANCE = KEY.length() + 1;

    private final ByteBuffer bytes;
    private final int requestBytes;
    private final int keysPerRequest;
    private final long[] keySums; // of the digits of a request's keys
    private int requests;

    RequestBatch(LoadCommand command, int valueBytes, int maxRequests) {
        byte[] request = layOut(command, valueBytes).getBytes(US_ASCII);
        requestBytes = request.length;
        keysPerRequest = command.keys();
        keySums = new long[maxRequests];
        bytes = ByteBuffer.allocateDirect(maxRequests * requestBytes);
        while (bytes.hasRemaining()) {
            bytes.put(request);
        }
    }

    /** Returns how long a request is. */
    static int requestBytes(LoadCommand command, int valueBytes) {
        return layOut(command, valueBytes).length();
    }

    private static String layOut(LoadCommand command, int valueBytes) {
        return command.stores()
                ? "set " + KEY + " 0 0 " + valueBytes + "\r\n" + "x".repeat(valueBytes) + "\r\n"
                : "get" + (" " + KEY).repeat(command.keys()) + "\r\n";
    }

    /** Takes new keys for the first {@code count} requests, which are then to be sent. */
    void renew(int count, IntSupplier nextKey) {
        requests = count;
        bytes.clear().limit(count * requestBytes);
        for (int i = 0; i < count; i++) {
            int at = i * requestBytes + DIGITS_FROM;
            long sum = 0;
            for (int key = 0; key < keysPerRequest; key++) {
                long digits = KeyDigits.of(nextKey.getAsInt());
                bytes.putLong(at + key * KEY_DISTANCE, digits);
                sum += digits;
            }
            keySums[i] = sum;
        }
    }

    /** Returns what is left to send; the batch keeps the buffer. */
    ByteBuffer unsent() {
        return bytes;
    }

    int requests() {
        return requests;
    }

    /**
     * Returns the sum of the {@link KeyDigits} of a request's keys, in whichever order they come.
     */
    long keySum(int request) {
        return keySums[request];
    }
}
