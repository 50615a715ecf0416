package io.bilitw.testkit;

/**
 * A request of a load and the only right answer to it, byte for byte.
 *
 * @param name what a fault calls it
 * @param text its bytes
 * @param answer the bytes of the answer; none if the server is told not to answer
 */
record LoadRequest(String name, String text, String answer) {

    boolean isAnswered() {
        return !answer.isEmpty();
    }
}
