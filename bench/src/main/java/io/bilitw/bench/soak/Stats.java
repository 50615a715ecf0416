package io.bilitw.bench.soak;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the stats port says: JSON, in which the figures of the whole instance stand first. */
record Stats(String json) {

    /** Returns a figure of the instance. */
    long number(String name) throws IOException {
        Matcher found = Pattern.compile('"' + name + "\": ?(\\d+)").matcher(json);
        if (!found.find()) {
            throw new IOException("the stats port names no " + name + ": " + json);
        }
        return Long.parseLong(found.group(1));
    }
}
