package io.goldennonce.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.goldennonce.cluster.SparkHome;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code scripts/notebooks.sh run}, by the Jupyter of this machine. */
final class NotebookRun {
  static final Path ROOT = Path.of(System.getProperty("golden.nonce.root", ".."));

  private static final String PACKAGES =
      "jupyter-nbconvert python3-ipykernel python3-matplotlib python3-pandas";
  private static final long LIMIT_MINUTES = 10;

  private NotebookRun() {}

  /** Skips the test where Jupyter is not there; in CI it must be. */
  static void requireJupyter() throws Exception {
    boolean isThere = Boolean.FALSE;
    for (String python : List.of("python3", "/usr/bin/python3")) {
      isThere |=
          new ProcessBuilder(python, "-c", "import ipykernel, matplotlib, nbconvert, pandas")
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor()
              == 0;
    }
    assumeTrue(
        isThere || "true".equals(System.getenv("CI")),
        "apt-get install " + PACKAGES + " to run it");
  }

  /**
   * Executes notebooks.
   *
   * @param to where they go
   * @param more options and notebooks
   * @return what it said, if it ended with the code
   */
  static String of(int code, Path to, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(ROOT.resolve("scripts/notebooks.sh").toString(), "run", "--to", to.toString()));
    command.addAll(List.of(more));
    Path said = Files.createTempFile("notebooks", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectErrorStream(true)
              .redirectOutput(said.toFile());
      builder.environment().put("SPARK_HOME", SparkHome.embedded().toString());
      builder
          .environment()
          .put("GOLDEN_NONCE_JAR", System.getProperty("golden.nonce.jar", "run mvn verify"));
      Process process = builder.start();
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      String text = Files.readString(said);
      assertThat(process.exitValue()).as(text).isEqualTo(code);
      return text;
    } finally {
      Files.delete(said);
    }
  }
}
