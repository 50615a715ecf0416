package io.bilitw.protocol.redis;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds a {@link RedisCommand} by its name as it lies in a buffer: a hash table with open
 * addressing, eight times as large as the number of commands, so that nearly every look-up meets
 * its row at once.
 */
final class CommandIndex {

    private static final int SPREAD = 8;

    private final byte[] @Nullable [] names;
    private final @Nullable RedisCommand[] commands;
    private final int mask;

    CommandIndex(RedisCommand[] rows) {
        int size = Integer.highestOneBit(rows.length * SPREAD);
        names = new byte[size][];
        commands = new RedisCommand[size];
        mask = size - 1;
        for (RedisCommand row : rows) {
            add(row.lowerName().getBytes(StandardCharsets.US_ASCII), row);
        }
    }

    private void add(byte[] name, RedisCommand row) {
        int hash = seed(name.length);
        for (byte b : name) {
            hash = mix(hash, b);
        }
        int slot = slot(hash);
        while (names[slot] != null) {
            slot = (slot + 1) & mask;
        }
        names[slot] = name;
        commands[slot] = row;
    }

    /** The command whose name, in whatever case, is {@code in[from, from + bytes)}; else null. */
    @Nullable RedisCommand find(ByteBuf in, int from, int bytes) {
        int hash = seed(bytes);
        for (int i = from; i < from + bytes; i++) {
            hash = mix(hash, RedisBytes.fold(in.getByte(i)));
        }
        int slot = slot(hash);
        byte[] name = names[slot];
        while (name != null) {
            if (name.length == bytes && isAt(name, in, from)) {
                return commands[slot];
            }
            slot = (slot + 1) & mask;
            name = names[slot];
        }
        return null;
    }

    private static boolean isAt(byte[] name, ByteBuf in, int from) {
        for (int i = 0; i < name.length; i++) {
            if (name[i] != RedisBytes.fold(in.getByte(from + i))) {
                return false;
            }
        }
        return true;
    }

    private static int seed(int bytes) {
        return bytes;
    }

    private static int mix(int hash, int b) {
        return hash * 31 + b;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 13) & mask;
    }
}
