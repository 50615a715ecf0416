/**
 * The clients' side: accepting them, reading their requests, giving each its responses in the order
 * it asked.
 *
 * <p>Start here: {@link io.bilitw.client.ClientAcceptor}, then {@code ClientSession}, one connected
 * client. {@link io.bilitw.client.BackPressure} has clients wait when memory is short.
 *
 * <p>Uses: {@code pool}, {@code protocol}, {@code net}, {@code stats}, {@code config}. Used by:
 * {@code worker}.
 */
@NullMarked
package io.bilitw.client;

import org.jspecify.annotations.NullMarked;
