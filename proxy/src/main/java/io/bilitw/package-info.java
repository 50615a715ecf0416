/**
 * The command line of bilitw: {@code main} and its options, nothing else.
 *
 * <p>Start here: {@link io.bilitw.Bilitw}.
 */
@NullMarked
package io.bilitw;

import org.jspecify.annotations.NullMarked;
