package io.bilitw.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The {@code global:} block: what concerns the program and not one pool. */
public record GlobalConfig(
        @Key(
                        byDefault = "300000",
                        unit = "ms",
                        zeroIsDefault = true,
                        doc =
                                """
                                Time between two dumps of the figures into `stats_file`. 0 means
                                the default.
                                """)
                Duration statsDuration,
        @Key(
                        byDefault = "120000",
                        unit = "ms",
                        zeroIsDefault = true,
                        doc =
                                """
                                How long an old worker may go on serving its clients after a
                                reload. 0 means the default.
                                """)
                Duration reloadTimeout,
        @Key(
                        byDefault = "0",
                        unit = "ms",
                        doc =
                                """
                                Requests that take longer are logged, in every pool that has no
                                value of its own. 0 logs none.
                                """)
                Duration slowReqDuration,
        @Key(
                        byDefault = "10000",
                        unit = "ms",
                        min = 1000,
                        doc =
                                """
                                A worker that does nothing at all for so long is killed and
                                replaced.
                                """)
                Duration workerTimeout,
        @Key(
                        byDefault = "0",
                        unit = "bytes",
                        min = 128 * 1024 * 1024,
                        zeroIsDefault = true,
                        doc =
                                """
                                The most memory that one worker may use. When its buffers get
                                scarce, it reads no more from the clients that hold most of them
                                until they have taken their answers. 0 is what half of the
                                machine's or the container's memory gives to each worker, and
                                no more than 1600mb.
                                """)
                long maxMemory,
        @Key(
                        byDefault = "0",
                        unit = "bytes",
                        min = 1024,
                        zeroIsDefault = true,
                        doc =
                                """
                                A client with a longer request gets an error and is
                                disconnected. 0 is 512mb, or a quarter of a worker's buffers if
                                that is less.
                                """)
                long maxRequestSize,
        @Key(
                        byDefault = "60000",
                        unit = "ms",
                        doc =
                                """
                                A client that takes none of its answers for so long is
                                disconnected if memory is short. 0 lets it stay.
                                """)
                Duration clientOutputTimeout,
        @Key(byDefault = "/tmp/twstats.log", doc = "File the figures are appended to.")
                Path statsFile,
        @Key(
                        absent = "who starts it",
                        doc =
                                """
                                The user that all processes become as soon as the sockets, the pid
                                file and the log are open, if root starts them; with the groups of
                                that user. Anybody else may name only himself. Another user needs a
                                restart.
                                """)
                @Nullable String user) {}
