/**
 * What coverage-guided fuzzing holds the parsers of requests and responses to, whatever bytes come.
 *
 * <p>Start here: {@link io.bilitw.fuzz.RequestReader} and {@link io.bilitw.fuzz.MessageReader},
 * which say what must hold. The targets, {@code *FuzzTest}, are tests: each a class of its own, as
 * Jazzer fuzzes one in a process. Surefire runs all of them over their seeds, and then each for a
 * few seconds on new input; {@code ./dev fuzz} does that for longer. The configuration loader's
 * target is in {@code io.bilitw.config}.
 *
 * <p>The seeds, in {@code src/test/resources}, are real traffic: {@code TrafficSeedsIT} has the
 * conversations with real servers, and writes the seeds anew.
 */
@NullMarked
package io.bilitw.fuzz;

import org.jspecify.annotations.NullMarked;
