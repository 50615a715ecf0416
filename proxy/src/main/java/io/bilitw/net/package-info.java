/**
 * Sockets and the buffers between them: the epoll transport, listeners, one shared read buffer, one
 * flush per connection and event-loop turn.
 *
 * <p>Start here: {@link io.bilitw.net.Connection}, one open socket, and {@link io.bilitw.net.Loop},
 * what the sockets of one event loop share. The life of a byte:
 *
 * <pre>
 *   recv --> Loop's read buffer --> ConnectionHandler.onRead --> another connection's OutQueue --> send, at the turn's end
 * </pre>
 *
 * <p>Uses: {@code config}. Used by: {@code server}, {@code client}, {@code pool}, {@code worker}.
 */
@NullMarked
package io.bilitw.net;

import org.jspecify.annotations.NullMarked;
