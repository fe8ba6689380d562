package io.goldennonce.submit;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Settings as {@code spark-submit} finds them: in options, before its files of properties. */
final class SparkSettings {
  static final String DRIVER_JVM = "spark.driver.extraJavaOptions";
  static final String EXECUTOR_JVM = "spark.executor.extraJavaOptions";

  /** What the kernels need of a JVM. */
  static final String KERNELS =
      "--add-modules=jdk.incubator.vector --add-opens=java.base/sun.security.provider=ALL-UNNAMED";

  private static final Map<String, String> KEYS =
      Map.of(
          "--master", "spark.master",
          "--deploy-mode", "spark.submit.deployMode",
          "--driver-java-options", DRIVER_JVM);

  private final Properties values = new Properties();

  /** The settings of the command line. */
  SparkSettings(SubmitArguments arguments) {
    add(arguments);
  }

  /** The settings of the command line and of Spark's files. */
  SparkSettings(SubmitArguments arguments, Installation installation) {
    Path spark =
        installation.isEmbedded()
            ? installation.configuration()
            : installation.spark().resolve("conf");
    Path usual =
        installation
            .variable("SPARK_CONF_DIR")
            .map(Path::of)
            .orElse(spark)
            .resolve("spark-defaults.conf");
    Optional<String> named = arguments.option("--properties-file");
    boolean isAdded =
        arguments.spark().stream()
            .anyMatch(option -> option.name().equals("--load-spark-defaults"));
    if (Files.isReadable(usual) && (named.isEmpty() || isAdded)) {
      values.putAll(read(usual));
    }
    named.ifPresent(file -> values.putAll(read(Path.of(file))));
    add(arguments);
  }

  private void add(SubmitArguments arguments) {
    for (SparkOption option : arguments.spark()) {
      String[] pair = option.value().orElse("").split("=", 2);
      if (option.name().equals(SparkOption.CONF) && pair.length == 2) {
        values.put(pair[0], pair[1]);
      }
    }
    KEYS.forEach((option, key) -> arguments.option(option).ifPresent(it -> values.put(key, it)));
  }

  static Properties read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      Properties properties = new Properties();
      properties.load(reader);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw SubmitException.usage("can't read the settings in " + file);
    }
  }

  /** A setting's value; empty if nothing sets it. */
  String get(String key) {
    return values.getProperty(key, "").strip();
  }

  /** The user's options of a JVM and those of the kernels, as Spark takes only one list of them. */
  String jvm(String key) {
    return (get(key) + " " + KERNELS).strip();
  }
}
