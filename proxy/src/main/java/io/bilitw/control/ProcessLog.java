package io.bilitw.control;

import java.io.IOException;

/** The log of this process, as signals and orders change it. */
public interface ProcessLog {

    /** Sets twemproxy's log level, 0 to 11. */
    void setVerbosity(int verbosity);

    /**
     * Goes on in the file that has the log's name now.
     *
     * @throws IOException with a sentence for the operator; it goes on in the old one then
     */
    void reopen() throws IOException;

    /** How many lines were lost so far, because the log was too slow or took nothing. */
    long lostLines();
}
