package dev.mandate.api.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Everything that this process logs meanwhile: Mandate's own code at its most talkative, Spring's as an operator in
 * trouble would set it. (Tomcat's own finest levels show the wire, and nothing can keep a secret from those.)
 */
public final class CapturedOutput implements AutoCloseable {

    private static final Map<String, Level> LEVELS = Map.of(
            "dev.mandate", Level.TRACE,
            "org.springframework.web", Level.DEBUG,
            "org.springframework.security", Level.DEBUG);

    private final Map<Logger, @Nullable Level> before = new LinkedHashMap<>();
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    private CapturedOutput() {
        appender.start();
        LEVELS.forEach((name, level) -> {
            Logger logger = logger(name);
            before.put(logger, logger.getLevel());
            logger.setLevel(level);
            logger.setAdditive(false);
            logger.addAppender(appender);
        });
        logger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }

    public static CapturedOutput start() {
        return new CapturedOutput();
    }

    /** All messages with their key-value pairs and their exceptions' messages. */
    public String text() {
        return List.copyOf(appender.list).stream()
                .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs() + " "
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        before.forEach((logger, level) -> {
            logger.setLevel(level);
            logger.setAdditive(true);
            logger.detachAppender(appender);
        });
        logger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(appender);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
