package io.goldennonce.notebooks;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executes the notebooks that are kept, on a warehouse mined for them; notebooks/README.md has the
 * command. No test: it takes ten minutes.
 */
class ExecutedNotebooks {
  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void executeNotebooks() throws Exception {
    Path warehouse = ExampleWarehouse.mine(directory, ExampleWarehouse.Size.LARGE);
    NotebookRun.of(
        0,
        NotebookRun.ROOT.resolve("notebooks"),
        "--warehouse",
        warehouse.toString(),
        "--headers",
        System.getProperty("golden.nonce.headers", "-Dgolden.nonce.headers=FILE"));
  }
}
