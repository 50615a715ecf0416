package io.bilitw.config;

import java.nio.file.Path;
import java.time.Duration;

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
        @Key(byDefault = "/tmp/twstats.log", doc = "File the figures are appended to.")
                Path statsFile) {}
