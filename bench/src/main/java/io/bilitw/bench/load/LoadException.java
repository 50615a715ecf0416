package io.bilitw.bench.load;

/** Says in one sentence why the load generator stops: a wrong option or a wrong response. */
public final class LoadException extends Exception {

    private static final long serialVersionUID = 1L;

    LoadException(String sentence) {
        super(sentence);
    }
}
