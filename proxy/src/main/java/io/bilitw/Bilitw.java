package io.bilitw;

/** The program's entry. */
public final class Bilitw {

    private Bilitw() {}

    /** Starts the proxy. */
    public static void main(String[] arguments) {
        System.exit(0);
    }
}
