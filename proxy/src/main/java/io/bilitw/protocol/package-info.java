/**
 * What a wire protocol is, seen from the rooms that move its bytes: requests, responses, failures.
 *
 * <p>Start here: {@link io.bilitw.protocol.Protocol}, then {@link io.bilitw.protocol.Request}, the
 * one object that goes with a request from birth to answer.
 *
 * <p>Knows bytes, but no channels. Uses: nothing of ours. Used by: {@code client}, {@code pool},
 * {@code server}, {@code worker} and the wire protocols.
 */
@NullMarked
package io.bilitw.protocol;

import org.jspecify.annotations.NullMarked;
