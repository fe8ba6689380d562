package io.goldennonce.submit;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A start by {@code spark-submit}.
 *
 * @param submit starts the driver, here or on the cluster
 * @param replay tells here what a driver on the cluster has told; empty where the first does
 * @param transcript where that driver leaves it
 * @param note for the user
 */
record SparkSubmission(
    List<String> submit, List<String> replay, String transcript, Optional<String> note)
    implements Submission {
  /** Set by this class: {@code spark-submit} knows only the last of each. */
  private static final Set<String> MERGED =
      Set.of(SparkSettings.DRIVER_JVM, SparkSettings.EXECUTOR_JVM);

  /** The options by which a program on this machine reaches what one on the cluster does. */
  private static final Set<String> REACHING =
      Set.of(
          SparkOption.CONF,
          "--verbose",
          "--load-spark-defaults",
          "--properties-file",
          "--jars",
          "--packages",
          "--exclude-packages",
          "--repositories",
          "--principal",
          "--keytab",
          "--proxy-user");

  SparkSubmission {
    submit = List.copyOf(submit);
    replay = List.copyOf(replay);
  }

  /**
   * Composes it.
   *
   * @param run names this run's transcript
   */
  static SparkSubmission of(SubmitArguments arguments, Installation installation, String run) {
    SparkSettings settings = new SparkSettings(arguments, installation);
    String master = settings.master().orElse("");
    List<SparkOption> options = new ArrayList<>();
    List<String> files = new ArrayList<>(arguments.option("--files").stream().toList());
    arguments
        .own(SubmitArguments.GPUS)
        .ifPresent(
            gpus -> {
              options.addAll(GpuOptions.of(gpus, master, false, installation));
              files.add(GpuOptions.script(installation).toString());
            });
    arguments.spark().stream().filter(option -> !isMerged(option)).forEach(options::add);
    boolean isCluster = settings.isClusterMode();
    List<String> program = arguments.program();
    if (isCluster) {
      ConfigurationFiles sent = sent(program, master, files);
      program = sent.program();
    }
    if (!files.isEmpty()) {
      options.add(new SparkOption("--files", Optional.of(String.join(",", files))));
    }
    List<String> start = new ArrayList<>(environment(installation, master, isCluster));
    start.addAll(
        List.of(installation.spark().resolve("bin/spark-submit").toString(), "--class", "MineJob"));
    Optional<String> staging = arguments.staging().filter(uri -> isCluster);
    String transcript = staging.map(uri -> transcript(uri, run)).orElse("");
    String driver = SparkSettings.withKernels(settings.driverJvm());
    List<SparkOption> all = new ArrayList<>();
    all.add(
        new SparkOption(
            "--driver-java-options",
            Optional.of(
                transcript.isEmpty()
                    ? driver
                    : driver + " -Dgolden.nonce.transcript=" + transcript)));
    all.add(
        SparkOption.conf(
            SparkSettings.EXECUTOR_JVM, SparkSettings.withKernels(settings.executorJvm())));
    if (!transcript.isEmpty()) {
      all.addAll(waiting(run));
    }
    all.addAll(options);
    String jar = installation.jar().toString();
    List<String> submit =
        words(
            start,
            all,
            List.of(arguments.own(SubmitArguments.JAR).orElse(jar)),
            ProgramArguments.encoded(program));
    List<String> replay =
        transcript.isEmpty()
            ? List.of()
            : words(
                start,
                options.stream().filter(SparkSubmission::reaches).toList(),
                List.of("--master", "local[1]", "--deploy-mode", "client", jar, "replay"),
                List.of(transcript));
    Optional<String> note =
        isCluster && transcript.isEmpty()
            ? Optional.of(
                "The result stays in the driver's log on the cluster; with --staging URI it comes"
                    + " back")
            : Optional.empty();
    return new SparkSubmission(submit, replay, transcript, note);
  }

  private static boolean isMerged(SparkOption option) {
    return option.name().equals("--driver-java-options")
        || option.name().equals("--files")
        || MERGED.stream().anyMatch(option::sets);
  }

  private static boolean reaches(SparkOption option) {
    return REACHING.contains(option.name())
        && !option.sets("spark.master")
        && !option.sets("spark.submit.deployMode");
  }

  /**
   * A standalone master would be waited for only until it has taken the driver in. YARN would start
   * a driver anew that ends with 1 for an exhausted keyspace, or 3 for a deadline.
   */
  private static List<SparkOption> waiting(String run) {
    return List.of(
        SparkOption.conf("spark.standalone.submit.waitAppCompletion", "true"),
        SparkOption.conf("spark.yarn.maxAppAttempts", "1"),
        SparkOption.conf("spark.yarn.tags", "golden-nonce," + run));
  }

  private static String transcript(String staging, String run) {
    if (!staging.matches("[^\\s\"'\\\\]*")) {
      throw SubmitException.usage("--staging can't hold spaces or quotes, got '" + staging + "'");
    }
    return staging + "/" + run + ".json";
  }

  /** In cluster mode the files travel with the driver, under names that differ. */
  private static ConfigurationFiles sent(List<String> program, String master, List<String> files) {
    return ConfigurationFiles.of(
        program,
        (file, number) -> {
          if (file.matches("(?s).*[,#].*")) {
            throw SubmitException.usage(
                "in cluster mode the name of a file of -c can't hold a comma or #, got " + file);
          }
          String name = ConfigurationFiles.baseName(file);
          if (master.equals("yarn")) {
            String numbered = ConfigurationFiles.numbered(file, number);
            files.add(file + "#" + numbered);
            return numbered;
          }
          if (master.startsWith("k8s://")) {
            ConfigurationFiles.requireReadable(file);
            if (files.stream().anyMatch(other -> ConfigurationFiles.baseName(other).equals(name))) {
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
        });
  }

  /** Variables that are set for spark-submit, which asks nothing else for them. */
  private static List<String> environment(
      Installation installation, String master, boolean isCluster) {
    List<String> variables = new ArrayList<>();
    boolean isConfigured =
        installation.variable("SPARK_CONF_DIR").isPresent()
            || (!installation.isEmbedded()
                && (isCluster || isConfigured(installation.spark().resolve("conf"))));
    if (!isConfigured) {
      variables.add("SPARK_CONF_DIR=" + installation.configuration());
    }
    // What listens on this machine, Spark's UI among it, is for this machine alone unless the user
    // says otherwise.
    if (!isCluster
        && (master.isEmpty() || master.startsWith("local"))
        && installation.variable("SPARK_LOCAL_IP").isEmpty()) {
      variables.add("SPARK_LOCAL_IP=127.0.0.1");
    }
    if (!variables.isEmpty()) {
      variables.add(0, "env");
    }
    return variables;
  }

  /** Whether a Spark says anything; one without any configuration would print its log at length. */
  private static boolean isConfigured(Path directory) {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(file -> !file.toString().endsWith(".template"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> words(
      List<String> start, List<SparkOption> options, List<String> jar, List<String> program) {
    return Stream.of(
            start.stream(),
            options.stream().flatMap(SparkOption::words),
            jar.stream(),
            program.stream())
        .flatMap(words -> words)
        .toList();
  }

  @Override
  public List<String> command() {
    return replay.isEmpty() ? submit : List.of();
  }

  /**
   * In cluster mode spark-submit prints nothing of the driver's, and ends with 1 for whatever is
   * not 0: a second, small start prints the transcript and ends as the driver did.
   */
  @Override
  public int run(Processes processes) throws InterruptedException {
    int code = processes.run(submit);
    if (replay.isEmpty()) {
      return code;
    }
    if (code == Processes.STOPPED) {
      return code;
    }
    if (code != 0) {
      processes.say("spark-submit ended with " + code + "; see " + transcript);
    }
    return processes.run(replay);
  }

  @Override
  public void show(PrintStream out) {
    out.println(ShellWords.line(submit));
    if (!replay.isEmpty()) {
      out.println(ShellWords.line(replay));
    }
  }

  @Override
  public void stop(Processes processes) {
    processes.stop();
  }
}
