package io.goldennonce.app;

import io.goldennonce.output.Fields;
import io.goldennonce.search.ledger.Coverage;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.table.RangeTable;
import io.goldennonce.search.table.SearchRecord;
import io.goldennonce.warehouse.Warehouse;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Verifies a search's coverage from its ledger: {@code verify --search}. */
public final class SearchProof {
  private SearchProof() {}

  public static ExitCode run(
      JobSession session, String searchId, boolean json, PrintWriter out, PrintWriter err) {
    Warehouse warehouse = session.storage().existingWarehouse();
    List<SearchRecord> runs = SearchRecord.of(warehouse, searchId);
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
    err.printf(
        "golden-nonce verify: %d positions in %d intervals, %d faults%n",
        positions, rows.size(), faults.size());
    return faults.isEmpty() ? ExitCode.OK : ExitCode.NOT_FOUND;
  }
}
