package io.goldennonce.service;

import io.goldennonce.pow.Hash256;
import io.goldennonce.service.Solution;
import io.goldennonce.service.Solution.Verdict;
import io.goldennonce.service.SolutionStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code solutions}: what was found for work services, and what these made of it. A file
 * a solution, whose name tells whether a verdict is in it, so that a restart finds what is pending
 * by a listing. The file with the verdict is there before the one without goes.
 */
public final class SolutionTable implements SolutionStore {
  static final StructType SCHEMA =
      StructType.fromDDL(
          "service STRING NOT NULL, work_id STRING NOT NULL, previous_hash STRING NOT NULL,"
              + " nonce BIGINT NOT NULL, timestamp BIGINT NOT NULL, hash STRING NOT NULL,"
              + " search_id STRING NOT NULL, found_at TIMESTAMP NOT NULL, verdict STRING NOT NULL,"
              + " reason STRING");

  private static final String PENDING = "-1-pending";
  private static final String JUDGED = "-2-judged";

  private final Supplier<Warehouse> warehouse;
  private @Nullable ParquetTable opened;

  /**
   * @param warehouse opens it, and makes it where there is none; asked for when the table is
   */
  public SolutionTable(Supplier<Warehouse> warehouse) {
    this.warehouse = warehouse;
  }

  /** The files of a warehouse's solutions, each as it is known last. */
  static List<FileStatus> files(Warehouse warehouse) {
    return new SolutionTable(() -> warehouse).latest();
  }

  @Override
  public void keep(Solution solution) {
    String name = name(solution);
    List<Row> row = List.of(row(solution));
    if (solution.verdict() == Verdict.PENDING) {
      table().appendOnce(name + PENDING, row, SCHEMA);
    } else {
      table().appendOnce(name + JUDGED, row, SCHEMA);
      table().delete(table().file(name + PENDING));
    }
  }

  @Override
  public List<Solution> pending(String service) {
    List<Solution> pending = new ArrayList<>();
    for (FileStatus status : latest()) {
      Path file = status.getPath();
      if (file.getName().contains(PENDING)) {
        try {
          table().forEachRow(file, row -> pending.add(solution(row)));
        } catch (IOException | RuntimeException e) {
          ParquetTable.skipDamaged(file, e);
        }
      }
    }
    pending.removeIf(solution -> !solution.service().equals(service));
    pending.sort(Comparator.comparing(Solution::foundAt));
    return pending;
  }

  /** Work's names may hold anything. */
  private static String name(Solution solution) {
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

  private ParquetTable table() {
    ParquetTable table = opened;
    if (table == null) {
      table = warehouse.get().table("solutions");
      opened = table;
    }
    return table;
  }

  /** One file a solution: the one with the verdict where there are both. */
  private List<FileStatus> latest() {
    Map<String, FileStatus> bySolution = new LinkedHashMap<>();
    for (FileStatus file : table().fileStatuses()) {
      String name = file.getPath().getName();
      bySolution.put(name.substring(0, Math.max(0, name.indexOf('-'))), file);
    }
    return List.copyOf(bySolution.values());
  }

  private static Row row(Solution solution) {
    return RowFactory.create(
        solution.service(),
        solution.workId(),
        solution.previousHash(),
        solution.nonce(),
        solution.timestamp(),
        solution.hash().toDisplay(),
        solution.searchId(),
        Timestamp.from(solution.foundAt()),
        solution.verdict().label(),
        solution.reason());
  }

  private static Solution solution(Group row) {
    return new Solution(
        row.getString("service", 0),
        row.getString("work_id", 0),
        row.getString("previous_hash", 0),
        row.getLong("nonce", 0),
        row.getLong("timestamp", 0),
        Hash256.ofDisplay(row.getString("hash", 0)),
        row.getString("search_id", 0),
        Instant.EPOCH.plus(row.getLong("found_at", 0), ChronoUnit.MICROS),
        Verdict.valueOf(row.getString("verdict", 0).toUpperCase(Locale.ROOT)),
        row.getFieldRepetitionCount("reason") == 0 ? null : row.getString("reason", 0));
  }
}
