package io.goldennonce.search.table;

import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import io.goldennonce.proof.TreeHead;
import io.goldennonce.search.NonceRange;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.warehouse.Warehouse;
import java.util.List;
import java.util.Optional;

/**
 * A run in the table {@code searches}, as far as its verification needs it.
 *
 * @param template its template's canonical text
 * @param target the search's target
 * @param required the positions it must have tried, given its outcome: all if it is exhausted,
 *     those up to the last solution if the lowest were wanted, otherwise none
 * @param told size and root of its tree, as reported at its end; empty in earlier versions, and if
 *     none of its rows were saved
 */
public record SearchRecord(
    String template, Target target, NonceRange required, Optional<TreeHead> told) {
  private static final List<String> COLUMNS =
      List.of(
          "search_id",
          "template",
          "target",
          "keyspace_from",
          "keyspace_to",
          "outcome",
          "result",
          "position",
          "last_position",
          "root",
          "tree_size");

  /** Returns all runs of a search. */
  public static List<SearchRecord> of(Warehouse warehouse, String searchId) {
    return new SearchTable(warehouse).read(searchId, COLUMNS, SearchRecord::of);
  }

  private static SearchRecord of(StoredRow row) {
    long from = row.getLong("keyspace_from");
    long to =
        switch (row.getString("outcome")) {
          case "exhausted" -> row.getLong("keyspace_to");
          case "found" -> row.getString("result").equals("lowest") ? lastPosition(row) + 1 : from;
          default -> from;
        };
    return new SearchRecord(
        row.getString("template"),
        Target.ofHex(row.getString("target")),
        new NonceRange(from, to),
        row.optional("root", StoredRow::getString)
            .map(root -> new TreeHead(row.getLong("tree_size"), Hash256.ofHex(root))));
  }

  /** Rows of earlier versions have one solution and lack the column. */
  private static long lastPosition(StoredRow row) {
    return row.getLong(row.has("last_position") ? "last_position" : "position");
  }
}
