package io.goldennonce.search.table;

import io.goldennonce.table.parquet.StoredRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The columns of the table {@code searches} that a list of runs shows.
 *
 * @param searchId the search's fingerprint
 * @param command the command that ran it
 * @param outcome how it ended
 * @param startedAt when it started
 * @param seconds its duration
 * @param hashes number of hashes computed
 * @param hash the solution's hash, if there is one
 */
public record RunSummary(
    String searchId,
    String command,
    String outcome,
    Instant startedAt,
    double seconds,
    long hashes,
    Optional<String> hash) {
  static final List<String> COLUMNS =
      List.of("search_id", "command", "outcome", "started_at", "seconds", "hashes", "hash");

  static RunSummary of(StoredRow row) {
    return new RunSummary(
        row.getString("search_id"),
        row.getString("command"),
        row.getString("outcome"),
        row.getInstant("started_at"),
        row.getDouble("seconds"),
        row.getLong("hashes"),
        row.optional("hash", StoredRow::getString));
  }
}
