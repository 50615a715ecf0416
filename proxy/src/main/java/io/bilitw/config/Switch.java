package io.bilitw.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is on or off, of the keys that twemproxy does not have; its own take {@code true} and {@code
 * false} alone, as it does.
 */
public enum Switch {
    ON,
    OFF;

    /** All ways to write it in the file. */
    static final Map<String, Switch> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("on", ON);
        BY_NAME.put("off", OFF);
        BY_NAME.put("true", ON);
        BY_NAME.put("false", OFF);
    }
}
