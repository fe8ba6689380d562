package io.goldennonce.warehouse;

import io.goldennonce.pow.Target;
import io.goldennonce.search.NonceRange;
import io.goldennonce.table.parquet.StoredRow;
import java.util.List;

/**
 * What the table {@code searches} says of one run.
 *
 * @param target the search's target
 * @param required the positions it must have tried, given how it ended: all, where it is exhausted;
 *     those up to the solution, where the lowest was asked for; else none
 */
public record SearchRecord(Target target, NonceRange required) {
  private static final List<String> COLUMNS =
      List.of(
          "search_id", "target", "keyspace_from", "keyspace_to", "outcome", "result", "position");

  /** All runs of a search. */
  public static List<SearchRecord> of(Warehouse warehouse, String searchId) {
    return new SearchTable(warehouse).read(searchId, COLUMNS, SearchRecord::of);
  }

  private static SearchRecord of(StoredRow row) {
    long from = row.getLong("keyspace_from");
    long to =
        switch (row.getString("outcome")) {
          case "exhausted" -> row.getLong("keyspace_to");
          case "found" ->
              row.getString("result").equals("lowest") ? row.getLong("position") + 1 : from;
          default -> from;
        };
    return new SearchRecord(Target.ofHex(row.getString("target")), new NonceRange(from, to));
  }
}
