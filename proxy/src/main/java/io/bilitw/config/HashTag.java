package io.bilitw.config;

/** The two bytes that enclose the part of a key that is hashed; they may be equal. */
public record HashTag(byte open, byte close) {}
