package io.bilitw.config;

/** The two bytes that enclose the part of a key that is hashed; they may be equal. */
public record HashTag(byte open, byte close) {

    /** The two bytes, as they stand in the file. */
    @Override
    public String toString() {
        return "" + (char) (open & 0xff) + (char) (close & 0xff);
    }
}
