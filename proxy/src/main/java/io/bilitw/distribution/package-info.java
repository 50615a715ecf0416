/**
 * How a hash chooses a server: ketama, modula, random.
 *
 * <p>Start here: {@link io.bilitw.distribution.DistributionType}, one row a distribution.
 *
 * <p>Uses: {@code hash}. Used by: {@code config}, {@code pool}.
 */
@NullMarked
package io.bilitw.distribution;

import org.jspecify.annotations.NullMarked;
