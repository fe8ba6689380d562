package io.goldennonce.warehouse;

import java.time.Instant;
import java.util.Optional;
import org.apache.parquet.example.data.Group;

/**
 * A row of the table {@code searches}, as far as a list of runs shows it.
 *
 * @param searchId the search's fingerprint
 * @param command the command that ran it
 * @param outcome how it ended
 * @param startedAt when it began
 * @param seconds how long it took
 * @param hashes what it computed
 * @param hash the solution's, if there is one
 */
public record RunSummary(
    String searchId,
    String command,
    String outcome,
    Instant startedAt,
    double seconds,
    long hashes,
    Optional<String> hash) {

  static RunSummary of(Group row) {
    return new RunSummary(
        row.getString("search_id", 0),
        row.getString("command", 0),
        row.getString("outcome", 0),
        ParquetTable.instant(row, "started_at"),
        row.getDouble("seconds", 0),
        row.getLong("hashes", 0),
        row.getFieldRepetitionCount("hash") == 0
            ? Optional.empty()
            : Optional.of(row.getString("hash", 0)));
  }
}
