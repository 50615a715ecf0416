package io.bilitw;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Keeps logback from looking for files that configure it: {@link Logging} does so in code.
 *
 * <p>Found by the service loader. Without a search the program starts faster, and a stray {@code
 * logback.xml} on the class path changes nothing.
 */
public final class LogbackConfigurator extends ContextAwareBase implements Configurator {

    /** Is made by the service loader. */
    public LogbackConfigurator() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
