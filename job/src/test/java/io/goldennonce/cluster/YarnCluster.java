package io.goldennonce.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A YARN of one node (src/test/yarn/YarnNode.java), a process of its own that ends with this JVM,
 * since it reads from it.
 */
final class YarnCluster implements AutoCloseable {
  private final Path directory;
  private final Process process;

  private YarnCluster(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /**
   * Starts one, and waits until it is up.
   *
   * @param home as {@code scripts/spark-home.sh yarn} assembles it
   * @param directory for its files and its log
   */
  static YarnCluster start(Path home, Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path site = directory.resolve("yarn-site.xml");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                home.resolve("yarn-cluster") + "/*",
                SparkHome.root().resolve("job/src/test/yarn/YarnNode.java").toString(),
                site.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("yarn.log").toFile());
    // A container's command names it.
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
    YarnCluster cluster = new YarnCluster(directory, builder.start());
    try {
      StandaloneCluster.await(
          "YARN; its log is " + directory.resolve("yarn.log"),
          () -> Files.exists(site) || !cluster.process.isAlive());
      if (!cluster.process.isAlive()) {
        throw new AssertionError(Files.readString(directory.resolve("yarn.log")));
      }
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** What {@code HADOOP_CONF_DIR} names to its clients. */
  Path settings() {
    return directory;
  }

  @Override
  public void close() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
  }
}
