package io.bilitw.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page for people: one file with all it needs. The browser is told to run nothing but the very
 * script in it and to ask nobody but the master.
 */
final class Page {

    private static final String FILE = "page.html";

    private Page() {}

    static Answer answer() {
        String page = read();
        return Answer.of("text/html; charset=utf-8", out -> out.write(page.getBytes(UTF_8)))
                .with("Content-Security-Policy", policy(page));
    }

    private static String read() {
        try (InputStream in = Page.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not in the jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String policy(String page) {
        return "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none';"
                + " form-action 'none'; frame-ancestors 'none'; script-src '"
                + hash(page, "script")
                + "'; style-src '"
                + hash(page, "style")
                + "'";
    }

    private static String hash(String page, String element) {
        int from = page.indexOf("<" + element + ">") + element.length() + 2;
        String text = page.substring(from, page.indexOf("</" + element + ">", from));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
