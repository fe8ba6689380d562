package io.goldennonce.submit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What runs on EMR, whichever way.
 *
 * @param staging the folder in S3 for all runs
 * @param run this run's own folder in it, so that two runs never take each other's jar
 * @param options of {@code spark-submit}
 * @param driverJvm further options of the driver's JVM
 * @param executorJvm further options of the executors' JVMs
 * @param configurations the program, and its configuration files
 */
record EmrJob(
    String staging,
    String run,
    List<SparkOption> options,
    String driverJvm,
    String executorJvm,
    ConfigurationFiles configurations) {
  /** The kernels need it. */
  private static final String JVM = SparkSettings.withKernels("");

  EmrJob {
    options = List.copyOf(options);
  }

  /** For EMR's list. */
  String name() {
    return "golden-nonce " + configurations.program().get(0);
  }

  /** The jar's place in S3. */
  String jar() {
    return run + "/golden-nonce.jar";
  }

  /** The configuration files' places in S3. */
  List<String> uploaded() {
    List<String> uris = new ArrayList<>();
    for (String file : configurations.files()) {
      uris.add(run + "/" + ConfigurationFiles.numbered(file, uris.size()));
    }
    return uris;
  }

  /**
   * The program's arguments. EMR drops empty ones, and the node's locale is not this one's, so they
   * may travel as one.
   */
  List<String> program() {
    return ProgramArguments.encoded(configurations.program());
  }

  /** The settings that all ways need. */
  List<SparkOption> settings() {
    return List.of(
        // The program says its exit code on standard error, because EMR does not pass it on.
        SparkOption.conf(
            SparkSettings.DRIVER_JVM,
            (JVM + " -Dgolden.nonce.tell-exit-code=true " + driverJvm).strip()),
        SparkOption.conf(SparkSettings.EXECUTOR_JVM, (JVM + " " + executorJvm).strip()),
        // A kernel keeps a vCPU busy.
        SparkOption.conf("spark.task.cpus", "1"),
        // EMR has it on: it would take executors away between waves.
        SparkOption.conf("spark.dynamicAllocation.enabled", "false"),
        SparkOption.conf("spark.speculation", "false"));
  }

  /** The user's options as {@code spark-submit} takes them. */
  Stream<String> optionWords() {
    return options.stream().flatMap(SparkOption::words);
  }
}
