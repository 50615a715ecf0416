/**
 * What master and worker say to each other, and an old worker to its successor. Messages are a line
 * of text, some with an open file; how they travel is not known here.
 *
 * <p>Start here: {@link io.bilitw.control.Order}, what the master tells a worker, {@link
 * io.bilitw.control.Report}, what it hears, and {@link io.bilitw.control.MovedClient}.
 *
 * <p>Uses: nothing. Used by: {@code master}, {@code worker}.
 */
@NullMarked
package io.bilitw.control;

import org.jspecify.annotations.NullMarked;
