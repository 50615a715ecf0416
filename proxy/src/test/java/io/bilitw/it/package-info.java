/**
 * Integration tests: the packaged program in front of real redis servers, one class a theme.
 *
 * <p>They look at the program from outside only, through its sockets, its configuration and its
 * log.
 */
@NullMarked
package io.bilitw.it;

import org.jspecify.annotations.NullMarked;
