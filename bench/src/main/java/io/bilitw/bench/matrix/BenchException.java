package io.bilitw.bench.matrix;

/** Says in one sentence why nothing can be measured. */
final class BenchException extends Exception {

    private static final long serialVersionUID = 1L;

    BenchException(String sentence) {
        super(sentence);
    }
}
