package io.goldennonce.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A way to run the job, as a user's command line says it.
 *
 * @param name what the documents call it
 * @param spark version and options for {@code scripts/submit.sh}
 * @param environment where {@code SPARK_HOME} is not set, submit.sh uses its own Spark
 * @param seconds a time in which a search usually begins there
 */
record Master(String name, List<String> spark, Map<String, String> environment, int seconds) {
  private static final String UNOPTIMISED = "-XX:TieredStopAtLevel=1";

  private static final List<String> EVERYWHERE =
      List.of("--conf", "spark.ui.enabled=false", "--conf", "spark.sql.shuffle.partitions=1");

  /** One JVM, started by submit.sh itself. */
  static Master local() {
    return new Master("local[*]", List.of(), Map.of(), 4);
  }

  /** One that spark-submit knows. */
  static Master of(
      String name,
      int seconds,
      Map<String, String> environment,
      String master,
      String mode,
      String... options) {
    List<String> spark = new ArrayList<>(List.of("--master", master, "--deploy-mode", mode));
    spark.addAll(EVERYWHERE);
    spark.addAll(List.of(options));
    return new Master(name, List.copyOf(spark), Map.copyOf(environment), seconds);
  }

  /**
   * The same for a command that computes little: its JVMs do not optimise, which takes most of the
   * processors' time of a start.
   */
  Master quick() {
    List<String> quick = new ArrayList<>(spark);
    if (!spark.isEmpty()) {
      quick.addAll(
          List.of(
              "--driver-java-options=" + UNOPTIMISED,
              "--conf=spark.yarn.am.extraJavaOptions=" + UNOPTIMISED,
              "--conf=spark.executor.extraJavaOptions=" + UNOPTIMISED));
    }
    Map<String, String> here = new HashMap<>(environment);
    here.put("JDK_JAVA_OPTIONS", UNOPTIMISED);
    return new Master(name, List.copyOf(quick), Map.copyOf(here), seconds);
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
