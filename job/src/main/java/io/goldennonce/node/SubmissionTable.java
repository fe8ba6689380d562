package io.goldennonce.node;

import io.goldennonce.bitcoin.Network;
import io.goldennonce.bitcoin.Submission;
import io.goldennonce.bitcoin.SubmissionStore;
import io.goldennonce.pow.BlockHeader;
import java.io.IOException;
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
 * The table {@code submissions}: the blocks found for Bitcoin nodes, and what these made of them. A
 * file a block, which the driver writes by itself: a block must be safe before it is offered, and
 * nobody can wait for a Spark job then.
 *
 * <p>A file's name tells whether a verdict is in it, so that a restart finds what is pending by a
 * listing. The file with the verdict is there before the one without goes.
 */
public final class SubmissionTable implements SubmissionStore {
  static final StructType SCHEMA =
      StructType.fromDDL(
          "network STRING NOT NULL, height BIGINT NOT NULL, hash STRING NOT NULL,"
              + " header BINARY NOT NULL, block STRING NOT NULL, work_id STRING,"
              + " search_id STRING NOT NULL, found_at TIMESTAMP NOT NULL,"
              + " verdict STRING NOT NULL, reason STRING");

  private static final String PENDING = "-1-pending";
  private static final String JUDGED = "-2-judged";

  private final Supplier<Warehouse> warehouse;
  private @Nullable ParquetTable opened;

  /**
   * @param warehouse opens it, and makes it where there is none; asked for when the table is
   */
  public SubmissionTable(Supplier<Warehouse> warehouse) {
    this.warehouse = warehouse;
  }

  /** The files of a warehouse's submissions, each as it is known last. */
  static List<FileStatus> files(Warehouse warehouse) {
    return new SubmissionTable(() -> warehouse).latest();
  }

  @Override
  public void keep(Submission submission) {
    String block = name(submission);
    if (submission.verdict() == Submission.Verdict.PENDING) {
      table().put(block + PENDING, List.of(row(submission)), SCHEMA);
    } else {
      table().put(block + JUDGED, List.of(row(submission)), SCHEMA);
      table().delete(table().file(block + PENDING));
    }
  }

  @Override
  public List<Submission> pending() {
    List<Submission> pending = new ArrayList<>();
    for (FileStatus status : latest()) {
      Path file = status.getPath();
      if (file.getName().contains(PENDING)) {
        try {
          table().forEachRow(file, row -> pending.add(submission(row)));
        } catch (IOException | RuntimeException e) {
          ParquetTable.skipDamaged(file, e);
        }
      }
    }
    pending.sort(Comparator.comparing(Submission::foundAt));
    return pending;
  }

  private ParquetTable table() {
    ParquetTable table = opened;
    if (table == null) {
      table = warehouse.get().table("submissions");
      opened = table;
    }
    return table;
  }

  private static String name(Submission submission) {
    return String.format(
        Locale.ROOT, "%010d-%s", submission.height(), submission.header().hash().toDisplay());
  }

  /** Each block's last file: names are listed in their order. */
  private List<FileStatus> latest() {
    Map<String, FileStatus> byBlock = new LinkedHashMap<>();
    for (FileStatus file : table().fileStatuses()) {
      String name = file.getPath().getName();
      byBlock.put(name.substring(0, Math.max(0, name.lastIndexOf('-') - 2)), file);
    }
    return List.copyOf(byBlock.values());
  }

  private static Row row(Submission submission) {
    return RowFactory.create(
        submission.network().chain(),
        submission.height(),
        submission.header().hash().toDisplay(),
        submission.header().toBytes(),
        submission.block(),
        submission.workId(),
        submission.searchId(),
        Timestamp.from(submission.foundAt()),
        submission.verdict().name().toLowerCase(Locale.ROOT),
        submission.reason());
  }

  private static Submission submission(Group row) {
    return new Submission(
        Network.of(row.getString("network", 0)).orElseThrow(),
        row.getLong("height", 0),
        BlockHeader.parse(row.getBinary("header", 0).getBytes()),
        row.getString("block", 0),
        textIfThere(row, "work_id"),
        row.getString("search_id", 0),
        Instant.EPOCH.plus(row.getLong("found_at", 0), ChronoUnit.MICROS),
        Submission.Verdict.valueOf(row.getString("verdict", 0).toUpperCase(Locale.ROOT)),
        textIfThere(row, "reason"));
  }

  private static @Nullable String textIfThere(Group row, String field) {
    return row.getFieldRepetitionCount(field) == 0 ? null : row.getString(field, 0);
  }
}
