/**
 * What the tests are built of. For the integration tests: real redis and memcached servers, the
 * packaged proxy, small clients, scripted faults. For the unit tests: sockets without a network,
 * and turns of the event loop taken by hand.
 *
 * <p>Start here: {@link io.bilitw.testkit.ProxiedPool}, servers with a proxy in front of them, and
 * {@link io.bilitw.testkit.SampleSocket}, of which a test plays the peer. Where nobody may notice
 * what happens, {@link io.bilitw.testkit.CheckedLoad} plays everybody.
 *
 * <p>Text stands for bytes in Latin-1 everywhere, so that a byte is a char and nothing is lost.
 * Nothing waits for ever: whatever may block has a time limit and fails with a sentence when it is
 * over.
 */
@NullMarked
package io.bilitw.testkit;

import org.jspecify.annotations.NullMarked;
