package io.bilitw.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.function.IntSupplier;

/**
 * The requests that a client sends at once. They are laid out when the batch is made; after that
 * only the digits of their keys change, and of the values that name their key, so a request costs a
 * few writes of eight bytes.
 */
final class RequestBatch {

    static final String KEY = "key:000000000000";
    private static final int DIGITS_IN_KEY = KEY.length() - Long.BYTES;
    private static final String VALUE = "\r\n" + LoadProtocol.value(Long.BYTES);

    private final ByteBuffer bytes;
    private final int requestBytes;
    private final int keysPerRequest;
    private final int digitsFrom; // of the first key
    private final int keyDistance;
    private final int valueFrom; // of the first value, if values name their key; else negative
    private int requests;

    RequestBatch(LoadProtocol protocol, LoadCommand command, int valueBytes, int maxRequests) {
        String request = protocol.layOut(command, valueBytes);
        int key = request.indexOf(KEY);
        requestBytes = request.length();
        keysPerRequest = command.keys();
        digitsFrom = key + DIGITS_IN_KEY;
        keyDistance = request.indexOf(KEY, key + 1) - key;
        valueFrom =
                command.stores() && LoadProtocol.valueNamesKey(valueBytes)
                        ? request.indexOf(VALUE, key) + "\r\n".length()
                        : -1;
        bytes = ByteBuffer.allocateDirect(maxRequests * requestBytes);
        byte[] once = request.getBytes(US_ASCII);
        while (bytes.hasRemaining()) {
            bytes.put(once);
        }
    }

    /** Takes new keys for the first {@code count} requests, which are then to be sent. */
    void renew(int count, IntSupplier nextKey) {
        requests = count;
        bytes.clear().limit(count * requestBytes);
        for (int i = 0; i < count; i++) {
            for (int key = 0; key < keysPerRequest; key++) {
                int at = i * requestBytes + key * keyDistance;
                long digits = KeyDigits.of(nextKey.getAsInt());
                bytes.putLong(at + digitsFrom, digits);
                if (valueFrom >= 0) {
                    bytes.putLong(at + valueFrom, digits);
                }
            }
        }
    }

    /** Returns what is left to send; the batch keeps the buffer. */
    ByteBuffer unsent() {
        return bytes;
    }

    int requests() {
        return requests;
    }

    /** Returns the {@link KeyDigits} of a request's key. */
    long digits(int request, int key) {
        return bytes.getLong(request * requestBytes + key * keyDistance + digitsFrom);
    }

    /**
     * Returns the sum of the {@link KeyDigits} of a request's keys, in whichever order they come.
     */
    long keySum(int request) {
        long sum = 0;
        for (int key = 0; key < keysPerRequest; key++) {
            sum += digits(request, key);
        }
        return sum;
    }
}
