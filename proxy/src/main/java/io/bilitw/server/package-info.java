/**
 * One cache server behind the proxy: its connections, what is outstanding on them, and how they
 * fail.
 *
 * <p>Start here: {@link io.bilitw.server.Server}, then {@link io.bilitw.server.ServerConnection},
 * whose FIFO of outstanding requests finds the owner of each response.
 *
 * <p>Uses: {@code protocol}, {@code net}, {@code stats}, {@code config}. Used by: {@code pool},
 * {@code worker}.
 */
@NullMarked
package io.bilitw.server;

import org.jspecify.annotations.NullMarked;
