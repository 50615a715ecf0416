package io.bilitw.master;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says about the processes.
 *
 * @param launcher the program to start workers with, which is looked up anew each time
 * @param configFile the configuration, read at the start and at each reload
 * @param workers how many workers there are
 * @param processors the processor of each worker, or nothing if they may run on any
 * @param bufferBytes the size of a worker's out-buffer
 * @param verbosity the log level at the start
 * @param logFile the file to log to, or null for stderr
 * @param pidFile the file to hold the master's process id, or null
 * @param notifySocket where the service manager wants to hear of the state, or null
 * @param stats where the figures are given out, or null
 * @param wantsHttp whether the HTTP port was asked for, so that there is no start without it
 * @param http where they and more are given out by HTTP, or null
 * @param version bilitw's own version, for texts
 */
public record MasterSettings(
        String launcher,
        Path configFile,
        int workers,
        List<Integer> processors,
        int bufferBytes,
        int verbosity,
        @Nullable Path logFile,
        @Nullable Path pidFile,
        @Nullable String notifySocket,
        @Nullable InetSocketAddress stats,
        boolean wantsHttp,
        @Nullable InetSocketAddress http,
        String version) {}
