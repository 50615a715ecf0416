package io.bilitw.stats;

/** How far a worker's life has come. */
public enum WorkerState {
    /** It does not serve yet. */
    STARTING,
    /** It serves. */
    SERVING,
    /** A reload or the end has come; it serves who is left. */
    LEAVING
}
