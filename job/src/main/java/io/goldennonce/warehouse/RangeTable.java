package io.goldennonce.warehouse;

import io.goldennonce.pow.Hash256;
import io.goldennonce.search.LedgerRow;
import io.goldennonce.search.LowestHash;
import io.goldennonce.search.NonceRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code ranges}: the ledgers of all searches, a file for each run, which each checkpoint
 * replaces. The driver writes it by itself: a Spark job for it every few seconds would take the
 * cores from the search.
 */
public final class RangeTable {
  static final StructType SCHEMA =
      StructType.fromDDL(
          "search_id STRING NOT NULL, run_id STRING NOT NULL, `from` BIGINT NOT NULL,"
              + " `to` BIGINT NOT NULL, hashes BIGINT NOT NULL, best_hash STRING,"
              + " best_position BIGINT, solution BIGINT, host STRING NOT NULL, executor STRING NOT NULL, kernel STRING NOT NULL,"
              + " first_at TIMESTAMP NOT NULL, last_at TIMESTAMP NOT NULL");

  /** Each means that a run has kept a checkpoint in just that moment. */
  private static final int ATTEMPTS = 10;

  private final ParquetTable table;

  public RangeTable(Warehouse warehouse) {
    this.table = warehouse.table("ranges");
  }

  /** The files of a warehouse's ledgers, as they are now. */
  static List<FileStatus> files(Warehouse warehouse) {
    return new RangeTable(warehouse).latest();
  }

  /** What all runs of a search have tried. */
  public List<LedgerRow> rows(String searchId) {
    for (int attempt = 1; ; attempt++) {
      try {
        return rowsOnce(searchId);
      } catch (IOException e) {
        // Mostly a run that is under way has put a newer file in its place: look again.
        if (attempt == ATTEMPTS) {
          throw new UncheckedIOException("could not read the ledger: " + e.getMessage(), e);
        }
      }
    }
  }

  /**
   * Keeps a run's rows in place of those it kept before: all or nothing. The new file is there
   * before the old one goes, since not every file system replaces one at a stroke; readers take a
   * run's newest.
   */
  public void replace(String searchId, String runId, List<LedgerRow> rows) {
    String run = searchId + "-" + runId;
    List<Path> old = files(run);
    table.put(
        run + "-" + String.format(Locale.ROOT, "%010d", next(old)),
        rows.stream().map(row -> row(searchId, runId, row)).toList(),
        SCHEMA);
    // The one before stays until the next checkpoint, for those who are reading it.
    old.stream().limit(Math.max(0, old.size() - 1)).forEach(table::delete);
  }

  /** Forgets all runs of a search. */
  public void forget(String searchId) {
    files(searchId).forEach(table::delete);
  }

  private List<LedgerRow> rowsOnce(String searchId) throws IOException {
    List<LedgerRow> rows = new ArrayList<>();
    for (FileStatus file : latest()) {
      if (file.getPath().getName().startsWith(searchId + "-")) {
        read(file.getPath(), rows);
      }
    }
    return rows;
  }

  private void read(Path file, List<LedgerRow> rows) throws IOException {
    try {
      table.forEachRow(file, row -> rows.add(row(row)));
    } catch (IOException | RuntimeException e) {
      if (table.isGone(file) || !ParquetTable.isDamage(e)) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
      // What it says was tried is tried again.
      ParquetTable.skipDamaged(file, e);
    }
  }

  private List<Path> files(String prefix) {
    return table.files().stream().filter(file -> file.getName().startsWith(prefix + "-")).toList();
  }

  /** Each run's newest file: names end in a number, and are listed in their order. */
  private List<FileStatus> latest() {
    Map<String, FileStatus> byRun = new LinkedHashMap<>();
    for (FileStatus file : table.fileStatuses()) {
      String name = file.getPath().getName();
      byRun.put(name.substring(0, Math.max(0, name.lastIndexOf('-'))), file);
    }
    return List.copyOf(byRun.values());
  }

  private static long next(List<Path> old) {
    if (old.isEmpty()) {
      return 1;
    }
    String name = old.get(old.size() - 1).getName();
    return Long.parseLong(name.substring(name.lastIndexOf('-') + 1, name.indexOf('.'))) + 1;
  }

  private static Row row(String searchId, String runId, LedgerRow row) {
    LowestHash best = row.best();
    return RowFactory.create(
        searchId,
        runId,
        row.range().from(),
        row.range().to(),
        row.range().size(),
        best == null ? null : best.hash().toDisplay(),
        best == null ? null : best.position(),
        row.solution(),
        row.host(),
        row.executor(),
        row.kernel(),
        Timestamp.from(row.firstAt()),
        Timestamp.from(row.lastAt()));
  }

  private static LedgerRow row(Group row) {
    @Nullable LowestHash best =
        // Ledgers of older versions lack the position.
        !row.getType().containsField("best_position")
                || row.getFieldRepetitionCount("best_position") == 0
            ? null
            : new LowestHash(
                Hash256.ofDisplay(row.getString("best_hash", 0)), row.getLong("best_position", 0));
    @Nullable Long solution =
        row.getFieldRepetitionCount("solution") == 0 ? null : (Long) row.getLong("solution", 0);
    return new LedgerRow(
        new NonceRange(row.getLong("from", 0), row.getLong("to", 0)),
        best,
        solution,
        row.getString("host", 0),
        row.getString("executor", 0),
        row.getString("kernel", 0),
        instant(row.getLong("first_at", 0)),
        instant(row.getLong("last_at", 0)));
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
