package io.bilitw.admin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * An answer that waits to be read, compressed: the figures of thousands of servers are many
 * megabytes long, but say little. So it does not matter how slowly it is read.
 */
final class Spool {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final byte[] compressed;

    private Spool(byte[] compressed) {
        this.compressed = compressed;
    }

    static Spool of(Answer.Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes, BUFFER_BYTES)) {
            body.write(out);
        }
        return new Spool(bytes.toByteArray());
    }

    /** How much it takes, compressed. */
    int bytes() {
        return compressed.length;
    }

    void writeCompressed(OutputStream out) throws IOException {
        out.write(compressed);
    }

    void write(OutputStream out) throws IOException {
        try (InputStream in =
                new GZIPInputStream(new ByteArrayInputStream(compressed), BUFFER_BYTES)) {
            in.transferTo(out);
        }
    }
}
