package io.goldennonce.cli;

import io.goldennonce.config.Configuration;
import io.goldennonce.sql.PowCatalog;
import io.goldennonce.store.Warehouse;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers a SQL query over the warehouse. */
@Command(
    name = "sql",
    description = "Query the warehouse: the views are blocks, chain, searches and ranges.",
    sortOptions = false)
final class SqlCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "QUERY",
      description = "Such as \"SELECT height, hash FROM chain ORDER BY height\".")
  private @Nullable String query;

  @Option(names = "--named", paramLabel = "NAME", description = "Run one of the queries of --list.")
  private @Nullable String named;

  @Option(names = "--list", description = "List the queries that ship with the program.")
  private boolean list;

  @Option(names = "--json", description = "Print rows as JSON, one object a line.")
  private boolean json;

  @Override
  public Integer call() {
    if (list) {
      printList();
      return ExitCode.OK.code();
    }
    String text = text();
    Configuration configuration = common.configuration();
    try (JobSession session = JobSession.start("sql", configuration, common.quiet())) {
      Warehouse warehouse = session.existingWarehouse();
      SparkSession sql = session.sql();
      PowCatalog.use(sql, warehouse);
      print(answer(sql, text));
      return ExitCode.OK.code();
    }
  }

  private String text() {
    if (query != null && named == null) {
      return query;
    }
    if (query == null && named != null) {
      return NamedQuery.named(named).text();
    }
    throw new UsageException("either QUERY or --named NAME must be given");
  }

  private void printList() {
    for (NamedQuery each : NamedQuery.values()) {
      spec.commandLine().getOut().printf("%-10s  %s%n", each.label(), each.about());
    }
  }

  private Dataset<Row> answer(SparkSession sql, String text) {
    try {
      return sql.sql(text);
    } catch (Exception e) {
      // Spark's Scala code throws AnalysisException, a checked exception, undeclared.
      if (e instanceof AnalysisException) {
        throw new UsageException("QUERY: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private void print(Dataset<Row> rows) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      rows.sparkSession().conf().set("spark.sql.jsonGenerator.ignoreNullFields", "false");
      for (Iterator<String> i = rows.toJSON().toLocalIterator(); i.hasNext(); ) {
        out.println(i.next());
      }
    } else {
      TextTable.print(rows, out);
    }
  }
}
