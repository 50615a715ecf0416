package io.bilitw.hash;

import io.netty.buffer.ByteBuf;

/**
 * The two hashes twemproxy's {@code nc_crc32.c} makes of the CRC-32 of IEEE 802.3.
 *
 * <p>A table loop of our own, because {@link java.util.zip.CRC32} wants an array or a {@code
 * ByteBuffer}, and a key is read in place.
 */
final class Crc32 {

    private static final int POLYNOMIAL = 0xEDB88320; // bits reflected
    private static final int[] TABLE = newTable();

    private Crc32() {}

    /**
     * Hashes {@code key[from, to)} to {@code crc32}: 15 bits of the checksum, 0 to 32767, which
     * libmemcached chose and which makes this hash useless with ketama.
     */
    static int crc32(ByteBuf key, int from, int to) {
        return (crc32a(key, from, to) >>> 16) & 0x7FFF;
    }

    /** Hashes {@code key[from, to)} to {@code crc32a}: the whole checksum. */
    static int crc32a(ByteBuf key, int from, int to) {
        int crc = -1;
        for (int i = from; i < to; i++) {
            crc = (crc >>> 8) ^ TABLE[(crc ^ key.getByte(i)) & 0xFF];
        }
        return ~crc;
    }

    /** What each value of the low byte does to the rest of the register. */
    private static int[] newTable() {
        int[] table = new int[256];
        for (int index = 0; index < table.length; index++) {
            int crc = index;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            table[index] = crc;
        }
        return table;
    }
}
