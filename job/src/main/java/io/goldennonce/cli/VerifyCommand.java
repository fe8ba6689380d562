package io.goldennonce.cli;

import io.goldennonce.search.Coverage;
import io.goldennonce.search.LedgerRow;
import io.goldennonce.store.RangeTable;
import io.goldennonce.store.SearchRecord;
import io.goldennonce.store.Warehouse;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves what a warehouse says. */
@Command(
    name = "verify",
    description = "Prove a search's coverage: no gap, no overlap, every solution reported.",
    sortOptions = false)
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--search",
      paramLabel = "ID",
      required = true,
      description = "The search, by its search_id.")
  private String searchId = "";

  @Option(names = "--json", description = "Print each fault as JSON, one object a line.")
  private boolean json;

  @Override
  public Integer call() {
    try (JobSession session = JobSession.start("verify", common.configuration(), true)) {
      Warehouse warehouse = session.existingWarehouse();
      List<SearchRecord> runs = SearchRecord.of(session.sql(), warehouse, searchId);
      List<LedgerRow> rows = new RangeTable(warehouse).rows(searchId);
      if (runs.isEmpty()) {
        throw new UsageException(
            "--search must be the search_id of a search in the warehouse, got " + searchId);
      }
      List<Coverage.Fault> faults = new ArrayList<>();
      for (SearchRecord run : runs) {
        Coverage.faults(rows, run.required(), run.target()).stream()
            .filter(fault -> !faults.contains(fault))
            .forEach(faults::add);
      }
      print(rows, faults);
      return (faults.isEmpty() ? ExitCode.OK : ExitCode.NOT_FOUND).code();
    }
  }

  private void print(List<LedgerRow> rows, List<Coverage.Fault> faults) {
    PrintWriter out = spec.commandLine().getOut();
    for (Coverage.Fault fault : faults) {
      Fields fields =
          new Fields()
              .with("search_id", searchId)
              .with("rule", fault.rule())
              .with("expected", fault.expected())
              .with("found", fault.found());
      out.println(json ? fields.toJson() : fields.toText());
    }
    long positions = rows.stream().mapToLong(row -> row.range().size()).sum();
    spec.commandLine()
        .getErr()
        .printf(
            "golden-nonce verify: %d positions in %d intervals, %d faults%n",
            positions, rows.size(), faults.size());
  }
}
