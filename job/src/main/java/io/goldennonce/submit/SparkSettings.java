package io.goldennonce.submit;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** What {@code spark-submit} will find: its options, before its file of properties. */
final class SparkSettings {
  static final String DRIVER_JVM = "spark.driver.extraJavaOptions";
  static final String EXECUTOR_JVM = "spark.executor.extraJavaOptions";

  private final SubmitArguments arguments;
  private final Properties defaults = new Properties();

  /**
   * Reads the file of properties.
   *
   * @throws SubmitException if one that is named can't be read
   */
  SparkSettings(SubmitArguments arguments, Installation installation) {
    this.arguments = arguments;
    Path usual = configuration(installation).resolve("spark-defaults.conf");
    Optional<String> named = arguments.option("--properties-file");
    boolean isAdded =
        arguments.spark().stream()
            .anyMatch(option -> option.name().equals("--load-spark-defaults"));
    if (Files.isReadable(usual) && (named.isEmpty() || isAdded)) {
      load(usual);
    }
    named.map(Path::of).ifPresent(this::load);
  }

  /** The directory of Spark's configuration. */
  private static Path configuration(Installation installation) {
    return installation
        .variable("SPARK_CONF_DIR")
        .map(Path::of)
        .orElseGet(
            () ->
                installation.isEmbedded()
                    ? installation.configuration()
                    : installation.spark().resolve("conf"));
  }

  private void load(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      defaults.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw SubmitException.usage("--properties-file can't be read: " + file);
    }
  }

  /** Where Spark runs, if anything says so. */
  Optional<String> master() {
    return arguments.option("--master").or(() -> value("spark.master"));
  }

  boolean isClusterMode() {
    return arguments
        .option("--deploy-mode")
        .or(() -> value("spark.submit.deployMode"))
        .filter("cluster"::equals)
        .isPresent();
  }

  /** What the user wants of the driver's JVM. */
  String driverJvm() {
    return arguments.option("--driver-java-options").or(() -> value(DRIVER_JVM)).orElse("");
  }

  /** What the user wants of the executors' JVMs. */
  String executorJvm() {
    return value(EXECUTOR_JVM).orElse("");
  }

  private Optional<String> value(String key) {
    return arguments
        .conf(key)
        .or(() -> Optional.ofNullable(defaults.getProperty(key)).map(String::strip));
  }

  /**
   * A user's JVM options with what the kernels need among them: one list hides the other from
   * {@code spark-submit}.
   */
  static String withKernels(String jvm) {
    String all = jvm;
    for (String option :
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--add-opens=java.base/sun.security.provider=ALL-UNNAMED")) {
      if (!all.contains(option.substring(option.indexOf('=') + 1))) {
        all = all.isEmpty() ? option : all + " " + option;
      }
    }
    return all;
  }
}
