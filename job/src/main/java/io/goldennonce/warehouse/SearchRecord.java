package io.goldennonce.warehouse;

import io.goldennonce.pow.Target;
import io.goldennonce.search.NonceRange;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * What the table {@code searches} says of one run.
 *
 * @param target the search's target
 * @param required the positions it must have tried, given how it ended: all, where it is exhausted;
 *     those up to the solution, where the lowest was asked for; else none
 */
public record SearchRecord(Target target, NonceRange required) {

  /** All runs of a search, in the order they began. */
  public static List<SearchRecord> of(SparkSession session, Warehouse warehouse, String searchId) {
    return new SearchTable(warehouse)
            .read(session)
            .where(functions.col("search_id").equalTo(searchId))
            .orderBy("started_at")
            .select("target", "keyspace_from", "keyspace_to", "outcome", "result", "position")
            .collectAsList()
            .stream()
            .map(SearchRecord::of)
            .toList();
  }

  private static SearchRecord of(Row row) {
    long from = row.getLong(1);
    String outcome = row.getString(3).toUpperCase(Locale.ROOT);
    long to =
        switch (outcome) {
          case "EXHAUSTED" -> row.getLong(2);
          case "FOUND" -> row.getString(4).equals("lowest") ? row.getLong(5) + 1 : from;
          default -> from;
        };
    return new SearchRecord(Target.ofHex(row.getString(0)), new NonceRange(from, to));
  }
}
