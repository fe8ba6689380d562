package io.goldennonce.submit;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where things are.
 *
 * @param jar the job's jar
 * @param spark a Spark home
 * @param isEmbedded whether that Spark is the checkout's own, which has no configuration
 * @param environment the variables of this process
 */
record Installation(
    Path root, Path jar, Path spark, boolean isEmbedded, Map<String, String> environment) {
  Installation {
    environment = Map.copyOf(environment);
  }

  /** A variable that is set and not empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** The checkout's configuration files. */
  Path configuration() {
    return root.resolve("conf");
  }
}
