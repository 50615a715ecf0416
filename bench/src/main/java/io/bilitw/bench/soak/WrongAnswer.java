package io.bilitw.bench.soak;

/** Says in one sentence what is wrong with an answer that came. */
final class WrongAnswer extends Exception {

    private static final long serialVersionUID = 1L;

    WrongAnswer(String sentence) {
        super(sentence);
    }
}
