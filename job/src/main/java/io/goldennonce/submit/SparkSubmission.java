package io.goldennonce.submit;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A start by {@code spark-submit}, and in cluster mode a second one for the driver's transcript.
 */
final class SparkSubmission implements Submission {
  /** The options by which a program on this machine reaches what one on the cluster does. */
  private static final String REACHING =
      "--(conf|verbose|load-spark-defaults|properties-file|jars|packages|exclude-packages"
          + "|repositories|principal|keytab|proxy-user)";

  private final Installation installation;
  private final SparkSettings settings;
  private final String master;
  private final boolean isCluster;
  private final String transcript;
  private final List<SparkOption> options = new ArrayList<>();
  private final List<String> submit;

  /**
   * @param run names this run's transcript
   */
  SparkSubmission(SubmitArguments arguments, Installation installation, String run) {
    this.installation = installation;
    settings = new SparkSettings(arguments, installation);
    master = settings.get("spark.master");
    isCluster = settings.get("spark.submit.deployMode").equals("cluster");
    String staging = arguments.staging();
    if (isCluster && !staging.matches("[^\\s\"'\\\\]*")) {
      throw SubmitException.usage("--staging can't hold spaces or quotes, got '" + staging + "'");
    }
    transcript = isCluster && !staging.isEmpty() ? staging + "/" + run + ".json" : "";
    List<String> files = new ArrayList<>(arguments.option("--files").stream().toList());
    arguments
        .own("--gpus")
        .ifPresent(
            gpus -> {
              options.addAll(GpuOptions.of(gpus, master, false, installation));
              if (master.equals("yarn")) {
                files.add(installation.root().resolve("scripts/gpu-discovery.sh").toString());
              }
            });
    options.addAll(arguments.others());
    List<String> program = arguments.program();
    if (isCluster) {
      program = ProgramArguments.withFiles(program, file -> sent(file, master, files));
    }
    submit = start();
    jvm(run).flatMap(SparkOption::words).forEach(submit::add);
    options.stream().flatMap(SparkOption::words).forEach(submit::add);
    if (!files.isEmpty()) {
      submit.addAll(List.of("--files", String.join(",", files)));
    }
    submit.add(arguments.own("--jar").orElse(installation.jar().toString()));
    submit.addAll(ProgramArguments.encoded(program));
  }

  /**
   * Sends a configuration file with the driver.
   *
   * @param files what is sent already
   * @return the file's name where the driver is
   */
  private static String sent(String file, String master, List<String> files) {
    if (file.matches("(?s).*[,#].*")) {
      throw SubmitException.usage(
          "in cluster mode the name of a file of -c can't hold a comma or #, got " + file);
    }
    if (master.equals("yarn")) {
      String name = files.size() + "-" + ProgramArguments.baseName(file);
      files.add(file + "#" + name);
      return name;
    }
    if (master.startsWith("k8s://")) {
      String name = ProgramArguments.baseName(file);
      if (files.stream().anyMatch(other -> new File(other).getName().equals(name))) {
        throw SubmitException.usage(
            "on Kubernetes the files of -c must have different names, got two of " + name);
      }
      files.add(file);
      return name;
    }
    if (!file.startsWith("/")) {
      throw SubmitException.usage(
          "a standalone master does not bring -c "
              + file
              + " to the driver on a worker; give the absolute path that the file has on all"
              + " workers, or -D KEY=VALUE");
    }
    return file;
  }

  /** The words up to the first option, behind variables that are set for spark-submit. */
  private List<String> start() {
    List<String> words = new ArrayList<>();
    boolean isConfigured =
        installation.variable("SPARK_CONF_DIR").isPresent()
            || (!installation.isEmbedded()
                && (isCluster || isConfigured(installation.spark().resolve("conf").toFile())));
    if (!isConfigured) {
      words.add("SPARK_CONF_DIR=" + installation.configuration());
    }
    // Only this machine can connect to what listens here, Spark's UI included, unless the user
    // wants otherwise.
    if (!isCluster
        && (master.isEmpty() || master.startsWith("local"))
        && installation.variable("SPARK_LOCAL_IP").isEmpty()) {
      words.add("SPARK_LOCAL_IP=127.0.0.1");
    }
    if (!words.isEmpty()) {
      words.add(0, "env");
    }
    words.add(installation.spark().resolve("bin/spark-submit").toString());
    words.addAll(List.of("--class", "MineJob"));
    return words;
  }

  /** Whether a Spark has a configuration; without any it would print its log at length. */
  private static boolean isConfigured(File directory) {
    String[] files = directory.list((parent, name) -> !name.endsWith(".template"));
    return files != null && files.length > 0;
  }

  private Stream<SparkOption> jvm(String run) {
    String driver = settings.jvm(SparkSettings.DRIVER_JVM);
    SparkOption executor =
        SparkOption.conf(SparkSettings.EXECUTOR_JVM, settings.jvm(SparkSettings.EXECUTOR_JVM));
    if (transcript.isEmpty()) {
      return Stream.of(SparkOption.of("--driver-java-options", driver), executor);
    }
    return Stream.of(
        SparkOption.of(
            "--driver-java-options", driver + " -Dgolden.nonce.transcript=" + transcript),
        executor,
        // A standalone master would be waited for only until it has accepted the driver.
        SparkOption.conf("spark.standalone.submit.waitAppCompletion", "true"),
        // YARN would restart a driver that ends with 1 for an exhausted keyspace, or 3 for a
        // deadline.
        SparkOption.conf("spark.yarn.maxAppAttempts", "1"),
        SparkOption.conf("spark.yarn.tags", "golden-nonce," + run));
  }

  @Override
  public Optional<String> note() {
    return isCluster && transcript.isEmpty()
        ? Optional.of(
            "The result stays in the driver's log on the cluster; with --staging URI it comes back")
        : Optional.empty();
  }

  @Override
  public List<String> command() {
    return transcript.isEmpty() ? submit : List.of();
  }

  /**
   * In cluster mode spark-submit prints nothing of the driver's, and ends with 1 for every code
   * other than 0. A second, small start prints the transcript and ends as the driver did.
   */
  @Override
  public int run(Processes processes) throws InterruptedException {
    int code = processes.run(submit);
    if (transcript.isEmpty() || code == Processes.STOPPED) {
      return code;
    }
    if (code != 0) {
      processes.say("spark-submit ended with " + code + "; see " + transcript);
    }
    List<String> replay = start();
    options.stream()
        .filter(option -> option.name().matches(REACHING))
        .filter(option -> !option.sets("spark.master") && !option.sets("spark.submit.deployMode"))
        .flatMap(SparkOption::words)
        .forEach(replay::add);
    replay.addAll(List.of("--master", "local[1]", "--deploy-mode", "client"));
    replay.addAll(List.of(installation.jar().toString(), "replay", transcript));
    return processes.run(replay);
  }

  @Override
  public void stop(Processes processes) {
    processes.stop();
  }
}
