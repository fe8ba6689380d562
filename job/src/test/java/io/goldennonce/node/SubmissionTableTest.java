package io.goldennonce.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.bitcoin.Network;
import io.goldennonce.bitcoin.Submission;
import io.goldennonce.bitcoin.Submission.Verdict;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import io.goldennonce.sql.SqlSession;
import io.goldennonce.testing.LocalSpark;
import io.goldennonce.testing.Tables;
import io.goldennonce.testing.Warnings;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
@Tag("spark")
class SubmissionTableTest {
  private final Path directory;
  private final Warehouse warehouse;

  SubmissionTableTest(@TempDir Path directory) {
    this.directory = directory.resolve("warehouse");
    this.warehouse = Warehouse.openOrCreate(this.directory.toString(), new Configuration());
  }

  @Test
  void pending_keptAndReadByAnotherProcess_isTheSameTheOldestFirst() {
    Submission late = submission(7, 20, null);
    Submission early = submission(8, 10, "work 1");
    table().save(late);
    table().save(early);
    assertThat(table().pending()).containsExactly(early, late);
  }

  @Test
  void pending_judged_isNoMore() {
    Submission block = submission(7, 0, null);
    table().save(block);
    table().save(block.judged(Verdict.REFUSED, "high-hash"));
    assertThat(table().pending()).isEmpty();
  }

  @Test
  void pending_crashBeforeTheOldFileWasDeleted_isJudged() throws IOException {
    Submission block = submission(7, 0, null);
    table().save(block);
    Path pending = files().get(0);
    byte[] bytes = Files.readAllBytes(pending);
    table().save(block.judged(Verdict.ACCEPTED, null));
    Files.write(pending, bytes);
    assertThat(files()).hasSize(2);
    assertThat(table().pending()).isEmpty();
  }

  @Test
  void pending_damagedFile_isLeftOutWithAWarning() throws IOException {
    table().save(submission(7, 0, null));
    table().save(submission(8, 0, null));
    Files.write(files().get(0), new byte[10]);
    Files.deleteIfExists(
        files().get(0).resolveSibling("." + files().get(0).getFileName() + ".crc"));
    try (Warnings warnings = new Warnings("io.goldennonce.table")) {
      assertThat(table().pending()).extracting(Submission::height).containsExactly(8L);
      assertThat(warnings.messages()).singleElement().asString().contains("0000000007-");
    }
  }

  @Test
  void view_afterSomeVerdicts_hasARowABlock(JavaSparkContext context) {
    table().save(submission(1, 0, null));
    table().save(submission(2, 0, null));
    table().save(submission(2, 0, null).judged(Verdict.REFUSED, "bad-cb-amount"));
    table().save(submission(3, 0, null));
    table().save(submission(3, 0, null).judged(Verdict.ACCEPTED, null));
    SparkSession session = SqlSession.of(context);
    Tables.read(session, warehouse, "submissions").createOrReplaceTempView("submissions");
    List<Row> rows =
        session
            .sql(
                "SELECT height, verdict, reason, network, length(header), block, found_at"
                    + " FROM submissions ORDER BY height")
            .collectAsList();
    assertThat(rows)
        .extracting(row -> row.getString(1))
        .containsExactly("pending", "refused", "accepted");
    assertThat(rows)
        .extracting(row -> row.getString(2))
        .containsExactly(null, "bad-cb-amount", null);
    Row first = rows.get(0);
    assertThat(first.getString(3)).isEqualTo("regtest");
    assertThat(first.getInt(4)).isEqualTo(80);
    assertThat(first.getString(5)).isEqualTo("00ff");
    assertThat(first.getTimestamp(6).toInstant()).isEqualTo(Instant.ofEpochSecond(1_800_000_000));
  }

  @Test
  void view_noBlockYet_isEmpty(JavaSparkContext context) {
    SparkSession session = SqlSession.of(context);
    Tables.read(session, warehouse, "submissions").createOrReplaceTempView("submissions");
    assertThat(session.table("submissions").count()).isZero();
  }

  private SubmissionTable table() {
    return new SubmissionTable(() -> warehouse.table(SubmissionTable.SCHEMA));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("submissions"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private static Submission submission(long height, long seconds, @Nullable String workId) {
    BlockHeader header =
        BlockHeader.of(
            1, Hash256.ZERO, Hash256.ZERO, 1_700_000_000, CompactBits.ofHex("207fffff"), height);
    return new Submission(
        Network.REGTEST,
        height,
        header,
        "00ff",
        workId,
        "0123456789abcdef",
        Instant.ofEpochSecond(1_800_000_000 + seconds),
        Verdict.PENDING,
        null);
  }
}
