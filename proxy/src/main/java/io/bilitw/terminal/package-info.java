/**
 * What an operator looks at on a terminal: the figures of a running instance, once or again and
 * again. It sees what the stats port gives out and nothing else, so it shows twemproxy's as well.
 *
 * <p>Start here: {@link io.bilitw.terminal.StatsPort} gives a {@link io.bilitw.terminal.Sample},
 * {@link io.bilitw.terminal.StatsPage} shows one, {@link io.bilitw.terminal.Top} the difference of
 * two.
 *
 * <p>Uses: {@code os}. Used by: the command line.
 */
@NullMarked
package io.bilitw.terminal;

import org.jspecify.annotations.NullMarked;
