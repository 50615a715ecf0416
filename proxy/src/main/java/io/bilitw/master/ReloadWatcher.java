package io.bilitw.master;

/** Who wants to know how a reload goes, besides the log. Called by the master's thread. */
interface ReloadWatcher {

    /** Nobody. */
    ReloadWatcher NOBODY =
            new ReloadWatcher() {
                @Override
                public void onStep(String sentence) {}

                @Override
                public void onEnd(boolean isDone) {}
            };

    /** Takes a sentence on what happens. */
    void onStep(String sentence);

    /** Takes the news that it is over: the new configuration is in force, or the old one still. */
    void onEnd(boolean isDone);
}
