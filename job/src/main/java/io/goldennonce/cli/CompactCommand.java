package io.goldennonce.cli;

import io.goldennonce.config.Configuration;
import io.goldennonce.warehouse.Compacted;
import io.goldennonce.warehouse.Compactor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Merges a warehouse's small files. */
@Command(
    name = "compact",
    description = {
      "Merge the many small files of blocks and searches into few large ones.",
      "Miners and readers may go on meanwhile. The small files stay for ten minutes, for those who"
          + " have begun to read them, and are deleted by the next compact after that."
    },
    sortOptions = false)
final class CompactCommand implements Callable<Integer> {
  /** Longer than a query takes that has begun to read the small files. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private static final List<String> TABLES = List.of("blocks", "searches");

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "The warehouse; the same as --warehouse.")
  private @Nullable String path;

  @Option(
      names = "--now",
      description = "Delete the small files at once: queries that are reading them lose rows.")
  private boolean now;

  @Option(names = "--json", description = "Print each table as JSON, one object a line.")
  private boolean json;

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    Configuration configuration = common.configuration(path);
    try (JobSession session = JobSession.start("compact", configuration, true);
        Compactor compactor = Compactor.of(session.existingWarehouse())) {
      for (String table : TABLES) {
        Compacted done = compactor.run(table, now ? Duration.ZERO : GRACE);
        Fields fields =
            new Fields()
                .with("table", table)
                .with("merged_files", done.merged())
                .with("merged_rows", done.rows())
                .with("deleted_files", done.deleted())
                .with("files", done.files());
        spec.commandLine().getOut().println(json ? fields.toJson() : fields.toText());
      }
      return ExitCode.OK.code();
    }
  }
}
