/**
 * The twelve key hashes of twemproxy, bit for bit.
 *
 * <p>Start here: {@link io.bilitw.hash.HashType}, one row a hash.
 *
 * <p>Uses: nothing of ours. Used by: {@code distribution}, {@code config}, {@code pool}.
 */
@NullMarked
package io.bilitw.hash;

import org.jspecify.annotations.NullMarked;
