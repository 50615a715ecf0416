/**
 * The process that starts, watches and replaces the workers, and owns what outlives them: the
 * listening sockets, the pid file, the log, the signals. It never touches a client's byte.
 *
 * <p>Start here: {@link io.bilitw.master.Master}, one thread that takes one event after the other;
 * then {@code WorkerHandle}, one worker process as the master sees it.
 *
 * <p>Uses: {@code admin}, {@code control}, {@code os}, {@code stats}, {@code config}. Used by: the
 * command line.
 */
@NullMarked
package io.bilitw.master;

import org.jspecify.annotations.NullMarked;
