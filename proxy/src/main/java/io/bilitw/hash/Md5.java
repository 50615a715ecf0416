package io.bilitw.hash;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * MD5 (RFC 1321) read as little-endian words: the first one is twemproxy's {@code md5} hash of a
 * key, all four are points of the ketama continuum.
 *
 * <p>Owns scratch memory, so it belongs to one thread.
 */
public final class Md5 implements KeyHash {

    /** Words of four bytes in a digest. */
    public static final int WORDS = 4;

    private static final int CHUNK_BYTES = 256; // holds the longest memcached key at once
    private static final VarHandle LITTLE_ENDIAN_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final MessageDigest md5 = newDigest();
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final byte[] digest = new byte[WORDS * Integer.BYTES];

    @Override
    public int hash(ByteBuf key, int from, int to) {
        md5.reset(); // should an earlier call have thrown half way
        int at = from;
        while (at < to) {
            int bytes = Math.min(to - at, CHUNK_BYTES);
            key.getBytes(at, chunk, 0, bytes);
            md5.update(chunk, 0, bytes);
            at += bytes;
        }
        finish();
        return word(0);
    }

    /** Digests the whole of {@code text}; {@link #word} then reads the result. */
    public void digest(byte[] text) {
        md5.reset();
        md5.update(text);
        finish();
    }

    /** Returns word {@code number}, from 0 to 3, of the latest digest. */
    public int word(int number) {
        return (int) LITTLE_ENDIAN_INT.get(digest, number * Integer.BYTES);
    }

    private void finish() {
        try {
            md5.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException("an MD5 digest has 16 bytes", e);
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }
}
