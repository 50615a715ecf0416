package io.bilitw.hash;

import java.util.Locale;

/** The key hashes a pool can name; a new hash is one class and one row here. */
public enum HashType {
    ONE_AT_A_TIME,
    MD5,
    CRC16,
    CRC32,
    CRC32A,
    FNV1_64,
    FNV1A_64,
    FNV1_32,
    FNV1A_32,
    HSIEH,
    MURMUR,
    JENKINS;

    /** The name in YAML, for example {@code fnv1a_64}. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
