package io.goldennonce.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The embedded Sparks, as {@code scripts/spark-home.sh} names them. */
public final class SparkHome {
  private SparkHome() {}

  /** The default's home; where it is not assembled, the test is skipped, and fails in CI. */
  public static Path embedded() throws IOException, InterruptedException {
    return home();
  }

  /** That of a Spark by its short version. */
  public static Path of(String version) throws IOException, InterruptedException {
    return home(version);
  }

  /** The home that can submit to YARN, with a YARN for tests in it. */
  static Path yarn() throws IOException, InterruptedException {
    return home("yarn");
  }

  /** The home that can submit to Kubernetes, with an API server for tests in it. */
  static Path kubernetes() throws IOException, InterruptedException {
    return home("kubernetes");
  }

  /** The repository's root. */
  public static Path root() throws IOException {
    return Path.of(System.getProperty("golden.nonce.root", "..")).toRealPath();
  }

  private static Path home(String... which) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(root().resolve("scripts/spark-home.sh").toString(), "--dry-run"));
    command.addAll(List.of(which));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new AssertionError("scripts/spark-home.sh --dry-run failed");
    }
    Path home = Path.of(out.strip());
    assumeTrue(
        Files.isDirectory(home) || "true".equals(System.getenv("CI")),
        ("run scripts/spark-home.sh " + String.join(" ", which)).strip() + " to include it");
    return home;
  }
}
