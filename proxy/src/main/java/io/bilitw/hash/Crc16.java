package io.bilitw.hash;

import io.netty.buffer.ByteBuf;

/**
 * CRC-16/XMODEM in an accumulator of 32 bits, as twemproxy's {@code nc_crc16.c} computes it.
 *
 * <p>The C program never cuts the sum to 16 bits, so results of keys longer than a byte exceed
 * 65535. Only the low half equals the textbook CRC.
 */
final class Crc16 {

    private static final int POLYNOMIAL = 0x1021;
    private static final int[] TABLE = newTable();

    private Crc16() {}

    /** Hashes {@code key[from, to)}; see {@link KeyHash#hash}. */
    static int hash(ByteBuf key, int from, int to) {
        int crc = 0;
        for (int i = from; i < to; i++) {
            crc = (crc << 8) ^ TABLE[((crc >>> 8) ^ key.getByte(i)) & 0xFF];
        }
        return crc;
    }

    /** The CRC, of 16 bits, of each single byte. */
    private static int[] newTable() {
        int[] table = new int[256];
        for (int index = 0; index < table.length; index++) {
            int crc = index << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
            }
            table[index] = crc & 0xFFFF;
        }
        return table;
    }
}
