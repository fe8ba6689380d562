package io.goldennonce.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The embedded Spark, as {@code scripts/spark-home.sh} names it. */
public final class SparkHome {
  private SparkHome() {}

  /** Its home; where it is not assembled, the test is skipped with a reason, and fails in CI. */
  public static Path embedded() throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("golden.nonce.root", "..")).toRealPath();
    Process process =
        new ProcessBuilder(root.resolve("scripts/spark-home.sh").toString(), "--dry-run")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new AssertionError("scripts/spark-home.sh --dry-run failed");
    }
    Path home = Path.of(out.strip());
    assumeTrue(
        Files.isDirectory(home) || "true".equals(System.getenv("CI")),
        "run scripts/spark-home.sh to include it");
    return home;
  }
}
