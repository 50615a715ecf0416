package io.bilitw.os;

/** What may be done with the files that this process makes (umask(2)). */
public final class FileModes {

    /** Leaves reading and writing, and to the owner alone. */
    public static final int PRIVATE = 0177;

    private static final Native UMASK = Native.function("umask");

    private FileModes() {}

    /**
     * Takes {@code bits} from the mode of each file that is made from now on, by whatever thread;
     * therefore for the start alone.
     *
     * @return the bits that were taken before
     */
    public static int take(int bits) {
        return UMASK.tryCall(bits);
    }
}
