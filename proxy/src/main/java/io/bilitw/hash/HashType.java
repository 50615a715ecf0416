package io.bilitw.hash;

import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The key hashes a pool can name; a new hash is one class and one row here. */
public enum HashType {
    ONE_AT_A_TIME(OneAtATime::hash),
    MD5(Md5::new),
    CRC16(Crc16::hash),
    CRC32(Crc32::crc32),
    CRC32A(Crc32::crc32a),
    FNV1_64(Fnv::fnv1Of64),
    FNV1A_64(Fnv::fnv1aOf64),
    FNV1_32(Fnv::fnv1Of32),
    FNV1A_32(Fnv::fnv1aOf32),
    HSIEH(Hsieh::hash),
    MURMUR(Murmur::hash),
    JENKINS(Jenkins::hash);

    private final Supplier<KeyHash> factory;

    /** A row whose hash is a pure function, so that all callers can share it. */
    HashType(KeyHash function) {
        this(() -> function);
    }

    /** A row whose hash owns scratch memory, so that each caller gets its own. */
    HashType(Supplier<KeyHash> factory) {
        this.factory = factory;
    }

    /** The name in YAML, for example {@code fnv1a_64}. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the row that YAML calls {@code configName}, or null when there is none. */
    public static @Nullable HashType byConfigName(String configName) {
        for (HashType type : values()) {
            if (type.configName().equals(configName)) {
                return type;
            }
        }
        return null;
    }

    /** Creates a hash for one event loop; two loops must not share it. */
    public KeyHash newHash() {
        return factory.get();
    }
}
