package io.goldennonce.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Listens to the warnings of a package until it is closed. */
public final class Warnings implements AutoCloseable {
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final AbstractAppender appender;

  public Warnings(String logger) {
    this.logger = (Logger) LogManager.getLogger(logger);
    this.appender =
        new AbstractAppender("warnings", null, null, false, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            if (event.getLevel().isMoreSpecificThan(Level.WARN)) {
              messages.add(event.getMessage().getFormattedMessage());
            }
          }
        };
    appender.start();
    this.logger.addAppender(appender);
  }

  /** Those that came so far. */
  public List<String> messages() {
    return List.copyOf(messages);
  }

  /** Also removes the configuration that adding the appender gave the logger. */
  @Override
  public void close() {
    logger.removeAppender(appender);
    logger.getContext().getConfiguration().removeLogger(logger.getName());
    logger.getContext().updateLoggers();
  }
}
