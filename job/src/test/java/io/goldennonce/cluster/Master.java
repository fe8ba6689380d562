package io.goldennonce.cluster;

import io.goldennonce.testing.LightJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A way to run the job, as a user's command line says it.
 *
 * @param name what the documents call it
 * @param spark version and options for {@code scripts/submit.sh}
 * @param environment where {@code SPARK_HOME} is not set, submit.sh uses its own Spark
 * @param seconds a time in which a search usually begins there
 */
record Master(String name, List<String> spark, Map<String, String> environment, int seconds) {
  /** One JVM, started by submit.sh itself. */
  static Master local() {
    return new Master("local[*]", List.of(), Map.of(), 4);
  }

  /** One that spark-submit knows: its executors compute, its driver does not. */
  static Master of(
      String name,
      int seconds,
      Map<String, String> environment,
      String master,
      String mode,
      String... options)
      throws IOException, InterruptedException {
    List<String> spark = new ArrayList<>(List.of("--master", master, "--deploy-mode", mode));
    spark.addAll(List.of("--conf=spark.ui.enabled=false", "--conf=spark.sql.shuffle.partitions=1"));
    spark.add("--driver-java-options=" + SparkClasses.options());
    spark.add("--conf=spark.yarn.am.extraJavaOptions=" + LightJvm.OPTIONS);
    spark.addAll(List.of(options));
    Map<String, String> all = new HashMap<>(environment);
    // In cluster mode, the JVMs before the driver and after it.
    all.put("SPARK_SUBMIT_OPTS", SparkClasses.options());
    return new Master(name, List.copyOf(spark), Map.copyOf(all), seconds);
  }

  /** The same for a command that computes little. */
  Master quick() throws IOException, InterruptedException {
    if (spark.isEmpty()) {
      // submit.sh chooses the collector.
      return new Master(
          name, spark, Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1"), seconds);
    }
    return with("--conf=spark.executor.extraJavaOptions=" + SparkClasses.options());
  }

  /** The same for a command that needs no more than one executor. */
  Master small() {
    return spark.isEmpty() ? this : with("--conf=spark.cores.max=1", "--num-executors=1");
  }

  private Master with(String... options) {
    return new Master(
        name, Stream.concat(spark.stream(), Stream.of(options)).toList(), environment, seconds);
  }

  /**
   * Starts a command there.
   *
   * @param directory for its output and as its working directory
   */
  Submission start(Path directory, List<String> program) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(SparkHome.root().resolve("scripts/submit.sh").toString()));
    command.addAll(spark);
    command.add("--");
    command.addAll(program);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Files.createDirectories(directory).toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
    builder.environment().putAll(Map.of("SPARK_LOCAL_IP", "127.0.0.1", "GOLDEN_NONCE_CDS", "off"));
    builder.environment().putAll(environment);
    return Submission.start(command, builder, directory);
  }

  @Override
  public String toString() {
    return name;
  }
}
