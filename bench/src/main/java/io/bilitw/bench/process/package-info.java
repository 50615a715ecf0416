/**
 * The processes of a measurement: starting servers, ending all, and what can be seen of a process
 * from outside.
 *
 * <p>Start here: {@link io.bilitw.bench.process.Children}.
 */
@NullMarked
package io.bilitw.bench.process;

import org.jspecify.annotations.NullMarked;
