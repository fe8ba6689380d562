package io.goldennonce.service;

import static io.goldennonce.table.parquet.ColumnType.LONG;
import static io.goldennonce.table.parquet.ColumnType.STRING;
import static io.goldennonce.table.parquet.ColumnType.TIMESTAMP;

import io.goldennonce.pow.Hash256;
import io.goldennonce.service.Solution.Verdict;
import io.goldennonce.table.KeyedTable;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.table.parquet.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The table {@code solutions}: what was found for work services, and their verdicts. Each solution
 * is a key, saved before it is handed in and again with the verdict.
 */
public final class SolutionTable implements SolutionStore {
  /**
   * Its columns. A solution is identified by {@code service}, {@code work_id}, {@code timestamp}
   * and {@code nonce}.
   */
  public static final TableSchema<Solution> SCHEMA =
      TableSchema.<Solution>versioned("solutions")
          .required("service", STRING, Solution::service)
          .required("work_id", STRING, Solution::workId)
          .required("previous_hash", STRING, Solution::previousHash)
          .required("nonce", LONG, Solution::nonce)
          .required("timestamp", LONG, Solution::timestamp)
          .required("hash", STRING, solution -> solution.hash().toDisplay())
          .required("search_id", STRING, Solution::searchId)
          .required("found_at", TIMESTAMP, Solution::foundAt)
          .required("verdict", STRING, solution -> solution.verdict().label())
          .optional("reason", STRING, Solution::reason)
          .build();

  private final KeyedTable<Solution> table;

  /**
   * @param table opens it; asked for when the table is first used
   */
  public SolutionTable(Supplier<RecordTable<Solution>> table) {
    this.table =
        new KeyedTable<>(
            table, SolutionTable::key, solution -> solution.verdict() != Verdict.PENDING);
  }

  @Override
  public void keep(Solution solution) {
    table.save(solution);
  }

  @Override
  public List<Solution> pending(String service) {
    return table.read(SolutionTable::solution).stream()
        .filter(solution -> solution.verdict() == Verdict.PENDING)
        .filter(solution -> solution.service().equals(service))
        .sorted(Comparator.comparing(Solution::foundAt))
        .toList();
  }

  /** The names that services give their work may hold anything. */
  private static String key(Solution solution) {
    String text =
        solution.service()
            + "\n"
            + solution.workId()
            + "\n"
            + solution.timestamp()
            + "\n"
            + solution.nonce();
    return Hash256.sha256(text.getBytes(StandardCharsets.UTF_8)).toHex();
  }

  private static Solution solution(StoredRow row) {
    return new Solution(
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
