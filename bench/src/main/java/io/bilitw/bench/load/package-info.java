/**
 * A load generator for both wire protocols that checks every response.
 *
 * <p>Start here: {@link io.bilitw.bench.load.LoadRun}. {@link io.bilitw.bench.load.Load} is its
 * command line.
 */
@NullMarked
package io.bilitw.bench.load;

import org.jspecify.annotations.NullMarked;
