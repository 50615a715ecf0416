package io.bilitw.protocol.redis;

/** What becomes of the requests of one command. */
sealed interface Treatment permits PlainTreatment, RedisSplit, LocalAnswer {}
