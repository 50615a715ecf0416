/**
 * The process that serves: one event loop, on it the pools of the configuration, their listeners
 * and clients.
 *
 * <p>Start here: {@link io.bilitw.worker.Worker}.
 *
 * <p>Uses: {@code client}, {@code pool}, {@code server}, {@code net}, the wire protocols, {@code
 * stats}, {@code config}. Used by: the command line. The only room that names a wire protocol.
 */
@NullMarked
package io.bilitw.worker;

import org.jspecify.annotations.NullMarked;
