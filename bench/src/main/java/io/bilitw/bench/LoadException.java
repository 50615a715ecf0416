package io.bilitw.bench;

/** Says in one sentence why the load generator stops: a wrong option or a wrong response. */
final class LoadException extends Exception {

    private static final long serialVersionUID = 1L;

    LoadException(String sentence) {
        super(sentence);
    }
}
