package io.goldennonce.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Commands on a standalone cluster, from this JVM, where a warm driver starts in a second, or from
 * a process of their own.
 */
final class ClusterRuns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MASTER = "spark.master";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.executor.memory", "512m",
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1",
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "1");

  private final StandaloneCluster cluster;

  ClusterRuns(StandaloneCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Starts a command as a process.
   *
   * @param settings of Spark, as {@code key=value}, or options of {@code spark-submit}
   */
  Submission submit(Path directory, List<String> command, String... settings) throws IOException {
    List<String> options = new ArrayList<>();
    SETTINGS.forEach((key, value) -> options.addAll(List.of("--conf", key + "=" + value)));
    options.addAll(List.of("--driver-java-options", cluster.jvmOptions()));
    options.addAll(List.of("--conf", EXECUTOR_OPTIONS + "=" + cluster.jvmOptions()));
    for (String setting : settings) {
      options.addAll(setting.startsWith("--") ? List.of(setting) : List.of("--conf", setting));
    }
    return Submission.start(cluster.home(), cluster.url(), directory, options, command);
  }

  /** Starts a command in a thread of this JVM, on the cluster. */
  CompletableFuture<CliRun> begin(List<String> command, String... settings) {
    Map<String, String> all = new HashMap<>(Map.of(EXECUTOR_OPTIONS, cluster.jvmOptions()));
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      all.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    CompletableFuture<CliRun> run = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                run.complete(inThisJvm(cluster.url(), command, all));
              } catch (RuntimeException | Error e) {
                run.completeExceptionally(e);
              }
            },
            "driver")
        .start();
    return run;
  }

  /** Runs a command in this JVM, on this machine. */
  static CliRun local(String master, List<String> command) {
    return inThisJvm(master, command, Map.of());
  }

  private static CliRun inThisJvm(String master, List<String> command, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.putAll(more);
    settings.put(MASTER, master);
    // Where the executors have the classes from.
    settings.put("spark.jars", System.getProperty("golden.nonce.jar", "run mvn verify"));
    settings.forEach(System::setProperty);
    try {
      return CliRun.of(command.toArray(String[]::new));
    } finally {
      settings.keySet().forEach(System::clearProperty);
      System.setProperty("spark.ui.enabled", "false");
    }
  }

  /** What a status file says; an empty object before it is there. */
  static JsonNode status(Path file) {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  /** Positions known to be tried, by this run and those before it. */
  static long tried(Path status) {
    JsonNode state = status(status);
    return state.path("hashes").asLong() + state.path("resumed_hashes").asLong();
  }
}
