package io.goldennonce.service;

import static io.goldennonce.table.parquet.ColumnType.LONG;
import static io.goldennonce.table.parquet.ColumnType.STRING;
import static io.goldennonce.table.parquet.ColumnType.TIMESTAMP;

import io.goldennonce.pow.Hash256;
import io.goldennonce.service.ServiceSolution.Verdict;
import io.goldennonce.table.KeyedTable;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.work.remote.FindStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The table {@code solutions}: solutions found for work services, and their verdicts. Each is saved
 * before it is submitted, and again with the verdict.
 */
public final class SolutionTable implements FindStore<ServiceSolution> {
  /**
   * Its columns. A solution is identified by {@code service}, {@code work_id}, {@code timestamp}
   * and {@code nonce}.
   */
  public static final TableSchema<ServiceSolution> SCHEMA =
      TableSchema.<ServiceSolution>versioned("solutions")
          .required("service", STRING, ServiceSolution::service)
          .required("work_id", STRING, ServiceSolution::workId)
          .required("previous_hash", STRING, ServiceSolution::previousHash)
          .required("nonce", LONG, ServiceSolution::nonce)
          .required("timestamp", LONG, ServiceSolution::timestamp)
          .required("hash", STRING, solution -> solution.hash().toDisplay())
          .required("search_id", STRING, ServiceSolution::searchId)
          .required("found_at", TIMESTAMP, ServiceSolution::foundAt)
          .required("verdict", STRING, solution -> solution.verdict().label())
          .optional("reason", STRING, ServiceSolution::reason);

  private final KeyedTable<ServiceSolution> table;

  /**
   * @param table opens the table at its first use
   */
  public SolutionTable(Supplier<RecordTable<ServiceSolution>> table) {
    this.table =
        new KeyedTable<>(
            table, SolutionTable::key, solution -> solution.verdict() != Verdict.PENDING);
  }

  @Override
  public void save(ServiceSolution solution) {
    table.save(solution);
  }

  @Override
  public List<ServiceSolution> pending() {
    return table.unsettled(SolutionTable::solution, ServiceSolution::foundAt);
  }

  /** Hashed, as a service's ids may hold any characters. */
  private static String key(ServiceSolution solution) {
    String text =
        "%s\n%s\n%s\n%s"
            .formatted(
                solution.service(), solution.workId(), solution.timestamp(), solution.nonce());
    return Hash256.sha256(text.getBytes(StandardCharsets.UTF_8)).toHex();
  }

  private static ServiceSolution solution(StoredRow row) {
    return new ServiceSolution(
        row.getString("service"),
        row.getString("work_id"),
        row.getString("previous_hash"),
        row.getLong("nonce"),
        row.getLong("timestamp"),
        Hash256.ofDisplay(row.getString("hash")),
        row.getString("search_id"),
        row.getInstant("found_at"),
        Verdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT)),
        row.optional("reason", StoredRow::getString).orElse(null));
  }
}
