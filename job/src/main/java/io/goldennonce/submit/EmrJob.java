package io.goldennonce.submit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What runs on EMR, on any platform.
 *
 * @param name for EMR's list
 * @param staging the folder in S3 for all runs
 * @param folder this run's own in it, so that no run takes another's jar
 * @param uploads from places in S3 to files here: the jar, then configuration files
 * @param settings those that all jobs need
 * @param options of {@code spark-submit}, as words
 * @param program its arguments, which EMR changes none of
 */
record EmrJob(
    String name,
    String staging,
    String folder,
    Map<String, String> uploads,
    Map<String, String> settings,
    List<String> options,
    List<String> program) {

  static EmrJob of(SubmitArguments arguments, Installation installation, String run) {
    String staging = arguments.staging();
    if (!staging.matches("(?s)s3://.+")) {
      throw SubmitException.usage("--staging must be s3://BUCKET/PREFIX, got '" + staging + "'");
    }
    if (arguments.own("--jar").isPresent()) {
      throw SubmitException.usage("--jar is not for --on, which uploads the jar itself");
    }
    String folder = staging + "/runs/" + run;
    Map<String, String> uploads = new LinkedHashMap<>();
    uploads.put(folder + "/golden-nonce.jar", installation.jar().toString());
    List<String> program =
        ProgramArguments.withFiles(
            arguments.program(),
            file -> {
              String sent = uploads.size() + "-" + ProgramArguments.baseName(file);
              uploads.put(folder + "/" + sent, file);
              return sent;
            });
    List<SparkOption> options = new ArrayList<>();
    arguments
        .own("--gpus")
        .ifPresent(gpus -> options.addAll(GpuOptions.of(gpus, "yarn", true, installation)));
    options.addAll(arguments.others());
    return new EmrJob(
        "golden-nonce " + arguments.program().get(0),
        staging,
        folder,
        uploads,
        settings(new SparkSettings(arguments)),
        options.stream().flatMap(SparkOption::words).toList(),
        ProgramArguments.encoded(program));
  }

  private static Map<String, String> settings(SparkSettings typed) {
    Map<String, String> settings = new LinkedHashMap<>();
    // The program prints its exit code on standard error, because EMR does not pass it on.
    settings.put(
        SparkSettings.DRIVER_JVM,
        typed.jvm(SparkSettings.DRIVER_JVM) + " -Dgolden.nonce.tell-exit-code=true");
    settings.put(SparkSettings.EXECUTOR_JVM, typed.jvm(SparkSettings.EXECUTOR_JVM));
    // A kernel uses a whole vCPU.
    settings.put("spark.task.cpus", "1");
    // EMR has it on: it would remove executors between waves.
    settings.put("spark.dynamicAllocation.enabled", "false");
    settings.put("spark.speculation", "false");
    return settings;
  }

  String jar() {
    return uploads.keySet().iterator().next();
  }

  /** Where the configuration files are in S3. */
  List<String> configurations() {
    return uploads.keySet().stream().skip(1).toList();
  }
}
