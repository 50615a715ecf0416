package io.bilitw.config;

/** Where to listen or to connect; {@code toString()} gives the form an operator knows. */
public sealed interface Address permits TcpAddress, UnixAddress {}
