package io.bilitw;

/** Says in one sentence what is wrong with the command line. */
final class OptionException extends Exception {

    private static final long serialVersionUID = 1L;

    OptionException(String sentence) {
        super(sentence);
    }
}
