package io.bilitw.protocol.redis;

/** What becomes of the requests of one command, if not simply sent to the server of their keys. */
sealed interface Treatment permits RedisSplit, LocalAnswer {}
