package io.bilitw.bench.process;

/** Says in one sentence why nothing can be measured. */
public final class BenchException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Makes one of a whole sentence. */
    public BenchException(String sentence) {
        super(sentence);
    }
}
