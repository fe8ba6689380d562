package io.goldennonce.notebooks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Executes the notebooks that are kept, on a warehouse mined for them, which stays in {@code
 * target/} for the next time, and takes the README's picture from them; notebooks/README.md has the
 * command. No test: it takes ten minutes.
 */
class ExecutedNotebooks {
  private static final Path MINED = Path.of("target", "example").toAbsolutePath();

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void executeNotebooks() throws Exception {
    Path warehouse = MINED.resolve("warehouse");
    if (!Files.exists(MINED)) {
      ExampleWarehouse.mine(Files.createDirectories(MINED), ExampleWarehouse.Size.LARGE);
    }
    Path notebooks = NotebookRun.ROOT.resolve("notebooks");
    NotebookRun.of(
        0,
        notebooks,
        "--warehouse",
        warehouse.toString(),
        "--headers",
        System.getProperty("golden.nonce.headers", "-Dgolden.nonce.headers=FILE"));
    Files.write(
        NotebookRun.ROOT.resolve("docs/images/difficulty.png"),
        Notebook.read(notebooks, "mined-blocks").image("Difficulty, and what came of it"));
  }
}
