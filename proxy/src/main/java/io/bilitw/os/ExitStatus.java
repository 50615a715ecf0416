package io.bilitw.os;

/**
 * How a process ended.
 *
 * @param word what waitpid(2) gives
 */
public record ExitStatus(int word) {

    private static final int SIGNAL_MASK = 0x7f;

    /** The exit code, or -1 if a signal ended the process. */
    public int code() {
        return (word & SIGNAL_MASK) == 0 ? (word >> 8) & 0xff : -1;
    }

    @Override
    public String toString() {
        int signal = word & SIGNAL_MASK;
        return signal == 0 ? "with exit code " + code() : "by signal " + signal;
    }
}
