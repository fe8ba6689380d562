package io.goldennonce.config;

/** Thrown for an invalid configuration; one line with file, line, key and rule. */
public final class ConfigurationException extends RuntimeException {
  ConfigurationException(String message) {
    super(message);
  }

  ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
