package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver on the cluster itself, which the cluster starts again when it is lost. */
@Tag("full")
class SupervisedDriverIT {
  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void solve_driverKilled_isFinishedByTheNextDriver() throws Exception {
    Path warehouse = directory.resolve("warehouse");
    Path status = directory.resolve("status.json");
    Puzzle puzzle = Puzzle.after(4_000_000, new Random());
    // One worker for the driver, one for its executor.
    try (StandaloneCluster cluster =
        StandaloneCluster.start(SparkHome.embedded(), directory.resolve("cluster"), 2)) {
      Submission submission =
          new ClusterRuns(cluster)
              .submit(
                  directory,
                  puzzle.command(warehouse, status),
                  "spark.submit.deployMode=cluster",
                  "--supervise",
                  "spark.driver.memory=512m");
      Await.until("a quarter of the work", () -> ClusterRuns.tried(status) > puzzle.work() / 4);
      List<ProcessHandle> drivers = cluster.drivers();
      assertThat(drivers).hasSize(1);
      drivers.get(0).destroyForcibly();
      drivers.get(0).onExit().get();
      Files.deleteIfExists(status);

      Await.until("the row of the search", () -> Files.isDirectory(warehouse.resolve("searches")));
      cluster.awaitNoApplication();
      assertThat(submission.await().err()).doesNotContain("ERROR");
    }
    SearchRow run = SearchRow.last(warehouse);
    assertThat(SearchRow.all(warehouse)).as("the first driver ended nothing").hasSize(1);
    assertThat(run.resumedHashes()).as("what the first driver had done").isPositive();
    assertThat(run.hashes() + run.resumedHashes()).isGreaterThanOrEqualTo(puzzle.work());
    assertThat(run.nonce()).hasValue(puzzle.nonce());
    System.out.printf(
        "SupervisedDriverIT: %,d hashes by the second driver, %,d by the first%n",
        run.hashes(), run.resumedHashes());
  }
}
