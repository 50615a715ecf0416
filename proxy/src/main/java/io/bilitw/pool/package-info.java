/**
 * A named set of servers behind one listen address: which server a key belongs to, what a command
 * over several servers becomes, which servers are out.
 *
 * <p>Start here: {@link io.bilitw.pool.Pool}, then {@code Router}.
 *
 * <p>Uses: {@code server}, {@code protocol}, {@code net}, {@code distribution}, {@code hash},
 * {@code stats}, {@code config}. Used by: {@code client}, {@code worker}, and {@code io.bilitw} for
 * {@code Placement}.
 */
@NullMarked
package io.bilitw.pool;

import org.jspecify.annotations.NullMarked;
