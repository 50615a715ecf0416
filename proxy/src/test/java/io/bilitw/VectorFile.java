package io.bilitw;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The known answers that the C programs gave, under {@code /vectors} of the test resources. */
public final class VectorFile {

    private VectorFile() {}

    /**
     * Reads the rows of a file of tab-separated columns, without its {@code #} header.
     *
     * @throws IllegalStateException when the file does not hold {@code expectedRows} of them
     */
    public static List<String[]> rows(String name, int expectedRows) {
        try (var reader = new BufferedReader(new InputStreamReader(open(name), UTF_8))) {
            List<String[]> rows = reader.lines().skip(1).map(line -> line.split("\t", -1)).toList();
            if (rows.size() != expectedRows) {
                throw new IllegalStateException(
                        name + ": " + rows.size() + " rows (expected: " + expectedRows + ")");
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a file of the known answers; the caller closes it. */
    public static InputStream open(String name) {
        return Objects.requireNonNull(
                VectorFile.class.getResourceAsStream("/vectors/" + name), name);
    }
}
