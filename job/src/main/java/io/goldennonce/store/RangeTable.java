package io.goldennonce.store;

import io.goldennonce.pow.Hash256;
import io.goldennonce.search.LedgerRow;
import io.goldennonce.search.NonceRange;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
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
              + " `to` BIGINT NOT NULL, hashes BIGINT NOT NULL, best_hash STRING, solution BIGINT,"
              + " host STRING NOT NULL, executor STRING NOT NULL, kernel STRING NOT NULL,"
              + " first_at TIMESTAMP NOT NULL, last_at TIMESTAMP NOT NULL");

  /** The same in Parquet's words. */
  private static final MessageType TYPE =
      MessageTypeParser.parseMessageType(
          """
          message ranges {
            required binary search_id (STRING);
            required binary run_id (STRING);
            required int64 from;
            required int64 to;
            required int64 hashes;
            optional binary best_hash (STRING);
            optional int64 solution;
            required binary host (STRING);
            required binary executor (STRING);
            required binary kernel (STRING);
            required int64 first_at (TIMESTAMP(MICROS,true));
            required int64 last_at (TIMESTAMP(MICROS,true));
          }
          """);

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
    table.add(
        run + "-" + String.format(Locale.ROOT, "%010d", next(old)),
        file -> write(file, searchId, runId, rows));
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

  private static void write(
      HadoopOutputFile file, String searchId, String runId, List<LedgerRow> rows) {
    SimpleGroupFactory groups = new SimpleGroupFactory(TYPE);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(file)
            .withType(TYPE)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .build()) {
      for (LedgerRow row : rows) {
        writer.write(group(groups, searchId, runId, row));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file + ": " + e.getMessage(), e);
    }
  }

  private static Group group(
      SimpleGroupFactory groups, String searchId, String runId, LedgerRow row) {
    Group group =
        groups
            .newGroup()
            .append("search_id", searchId)
            .append("run_id", runId)
            .append("from", row.range().from())
            .append("to", row.range().to())
            .append("hashes", row.range().size())
            .append("host", row.host())
            .append("executor", row.executor())
            .append("kernel", row.kernel())
            .append("first_at", micros(row.firstAt()))
            .append("last_at", micros(row.lastAt()));
    Hash256 best = row.best();
    if (best != null) {
      group.append("best_hash", best.toDisplay());
    }
    Long solution = row.solution();
    if (solution != null) {
      group.append("solution", (long) solution);
    }
    return group;
  }

  private static LedgerRow row(Group row) {
    @Nullable Hash256 best =
        row.getFieldRepetitionCount("best_hash") == 0
            ? null
            : Hash256.ofDisplay(row.getString("best_hash", 0));
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

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
