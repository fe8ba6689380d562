package io.goldennonce.cli.warehouse;

import io.goldennonce.app.ExitCode;
import io.goldennonce.app.JobSession;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.config.Configuration;
import io.goldennonce.output.Fields;
import io.goldennonce.sql.StoredTables;
import io.goldennonce.table.BackgroundCompaction;
import io.goldennonce.table.Compaction;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.warehouse.Warehouse;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Merges the small files of a warehouse. */
@Command(
    name = "compact",
    description = {
      "Merge the many small files of tables into few large ones.",
      "Miners and readers can continue to run. The small files stay for ten minutes, for queries"
          + " that are reading them; the next compact after that deletes them."
    },
    sortOptions = false)
public final class CompactCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "The warehouse; the same as --warehouse.")
  private @Nullable String path;

  @Option(
      names = "--now",
      description = "Delete the small files at once; queries that are reading them fail.")
  private boolean now;

  @Option(names = "--json", description = "Print each table as JSON, one object per line.")
  private boolean json;

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    Configuration configuration = common.configuration(path);
    Warehouse warehouse =
        Warehouse.open(
            configuration.warehouse(),
            JobSession.application("compact", configuration).hadoopConfiguration());
    for (TableSchema<?> schema : StoredTables.STORED) {
      Compaction.Result done =
          warehouse.table(schema).compact(now ? Duration.ZERO : BackgroundCompaction.GRACE);
      Fields fields =
          new Fields()
              .with("table", schema.name())
              .with("merged_files", done.merged())
              .with("merged_rows", done.rows())
              .with("deleted_files", done.deleted())
              .with("files", done.files());
      common.out().println(json ? fields.toJson() : fields.toText());
    }
    warehouse.sweep();
    return ExitCode.OK.code();
  }
}
