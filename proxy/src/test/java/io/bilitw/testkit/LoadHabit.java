package io.bilitw.testkit;

/** The way in which a kept client of a load sends its requests. */
enum LoadHabit {
    /** Each request when the one before is answered. */
    PLAIN("one by one"),
    /** Eight writes and eight reads in one go. */
    PIPELINED("pipelined"),
    /** Each request in two pieces, so that half of it is on its way for a while. */
    CUT("in two pieces"),
    /** One by one, with a long rest after each round. */
    IDLE("often idle");

    private static final LoadHabit[] IN_TURN = {
        PLAIN, PIPELINED, PLAIN, CUT, IDLE, PLAIN, PIPELINED, PLAIN, CUT, PLAIN
    };

    private final String text;

    LoadHabit(String text) {
        this.text = text;
    }

    /** The habit of a client by its number, so that five clients already have all of them. */
    static LoadHabit of(int index) {
        return IN_TURN[index % IN_TURN.length];
    }

    @Override
    public String toString() {
        return text;
    }
}
