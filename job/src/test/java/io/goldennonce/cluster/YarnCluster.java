package io.goldennonce.cluster;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A YARN of one node (src/test/yarn/YarnNode.java).
 *
 * @param settings what {@code HADOOP_CONF_DIR} names to its clients
 */
record YarnCluster(Path settings, ManagerProcess process) implements AutoCloseable {
  /**
   * Starts one, and waits until it is up.
   *
   * @param home as {@code scripts/spark-home.sh yarn} assembles it
   * @param directory for its files and its log
   */
  static YarnCluster start(Path home, Path directory) throws IOException, InterruptedException {
    Path site = directory.resolve("yarn-site.xml");
    return new YarnCluster(
        directory,
        ManagerProcess.start(
            "yarn/YarnNode.java", home.resolve("yarn-cluster") + "/*", directory, site, site));
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
