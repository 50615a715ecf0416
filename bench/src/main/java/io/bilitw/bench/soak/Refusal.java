package io.bilitw.bench.soak;

/** An error in place of an answer; the connection goes on. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    Refusal(String line) {
        super(line);
    }
}
