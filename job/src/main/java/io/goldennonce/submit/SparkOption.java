package io.goldennonce.submit;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * An option of {@code spark-submit}.
 *
 * @param name the long one
 * @param value empty for a switch
 */
record SparkOption(String name, Optional<String> value) {
  static final String CONF = "--conf";

  static SparkOption of(String name, String value) {
    return new SparkOption(name, Optional.of(value));
  }

  static SparkOption conf(String key, String value) {
    return of(CONF, key + "=" + value);
  }

  /** Whether it sets one of these settings. */
  boolean sets(String key) {
    return name.equals(CONF) && value.filter(text -> text.startsWith(key + "=")).isPresent();
  }

  Stream<String> words() {
    return Stream.concat(Stream.of(name), value.stream());
  }
}
