package io.bilitw.client;

import java.util.Map;

/**
 * All that must be known of a client at rest to go on with its socket elsewhere.
 *
 * @param id its number
 * @param acceptedNanos when it was accepted, by the clock of {@link System#nanoTime}, which all
 *     processes of a machine share
 * @param conversation what the conversation remembers, by name
 * @param unread the beginning of a request, whose rest has not arrived
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares states
public record ClientState(
        long id, long acceptedNanos, Map<String, String> conversation, byte[] unread) {}
