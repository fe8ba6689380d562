package io.goldennonce.store;

import io.goldennonce.bitcoin.Network;
import io.goldennonce.bitcoin.Submission;
import io.goldennonce.bitcoin.SubmissionStore;
import io.goldennonce.pow.BlockHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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

  /** The same in Parquet's words. */
  private static final MessageType TYPE =
      MessageTypeParser.parseMessageType(
          """
          message submissions {
            required binary network (STRING);
            required int64 height;
            required binary hash (STRING);
            required binary header;
            required binary block (STRING);
            optional binary work_id (STRING);
            required binary search_id (STRING);
            required int64 found_at (TIMESTAMP(MICROS,true));
            required binary verdict (STRING);
            optional binary reason (STRING);
          }
          """);

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

  /** All submissions, each as it is known last. */
  Dataset<Row> read(SparkSession session) {
    return table().read(session, SCHEMA, latest());
  }

  @Override
  public void keep(Submission submission) {
    String block = name(submission);
    if (submission.verdict() == Submission.Verdict.PENDING) {
      table().add(block + PENDING, file -> write(file, submission));
    } else {
      table().add(block + JUDGED, file -> write(file, submission));
      table().delete(table().file(block + PENDING));
    }
  }

  @Override
  public List<Submission> pending() {
    List<Submission> pending = new ArrayList<>();
    for (Path file : latest()) {
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
  private List<Path> latest() {
    Map<String, Path> byBlock = new LinkedHashMap<>();
    for (Path file : table().files()) {
      String name = file.getName();
      byBlock.put(name.substring(0, Math.max(0, name.lastIndexOf('-') - 2)), file);
    }
    return List.copyOf(byBlock.values());
  }

  private void write(HadoopOutputFile file, Submission submission) {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(file)
            // Else all of Hadoop's files of settings are read again.
            .withConf(table().hadoop())
            .withType(TYPE)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .build()) {
      writer.write(group(submission));
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file + ": " + e.getMessage(), e);
    }
  }

  private static Group group(Submission submission) {
    Group group =
        new SimpleGroupFactory(TYPE)
            .newGroup()
            .append("network", submission.network().chain())
            .append("height", submission.height())
            .append("hash", submission.header().hash().toDisplay())
            .append("header", Binary.fromConstantByteArray(submission.header().toBytes()))
            .append("block", submission.block())
            .append("search_id", submission.searchId())
            .append("found_at", ChronoUnit.MICROS.between(Instant.EPOCH, submission.foundAt()))
            .append("verdict", submission.verdict().name().toLowerCase(Locale.ROOT));
    appendIfThere(group, "work_id", submission.workId());
    appendIfThere(group, "reason", submission.reason());
    return group;
  }

  private static void appendIfThere(Group group, String field, @Nullable String value) {
    if (value != null) {
      group.append(field, value);
    }
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
