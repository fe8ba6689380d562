package io.goldennonce.sql.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.sql.PowCatalog;
import io.goldennonce.sql.SqlSession;
import io.goldennonce.testing.LocalSpark;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
@Tag("spark")
class SearchFunctionsTest {
  private final JavaSparkContext context;
  private final SparkSession session;

  SearchFunctionsTest(JavaSparkContext context) {
    this.context = context;
    this.session = SqlSession.of(context).newSession();
    session.conf().set("spark.sql.catalog.pow", PowCatalog.class.getName());
    // Functions open no warehouse.
    session.conf().set("spark.sql.catalog.pow.warehouse", "nowhere");
  }

  /** Spark's own {@code sha2} hashes what was found, and all below it. */
  @Test
  void solve_aThousandRows_areTheLowestNoncesBySparksOwnHash() {
    session
        .sql(
            """
            SELECT id, s.nonce, s.hash, s.tried
            FROM (SELECT id, pow.solve(concat('row ', id, ' '), '!', 'decimal', 'sha256', 6) s
                  FROM range(0, 1000, 1, 4))
            """)
        .createOrReplaceTempView("solved");
    Row row =
        session
            .sql(
                """
                SELECT count(*), count_if(tried = nonce + 1),
                       count_if(hash = sha2(concat('row ', id, ' ', nonce, '!'), 256)),
                       count_if(hash < '04'),
                       sum(aggregate(sequence(0, nonce), 0, (n, at) ->
                         n + if(sha2(concat('row ', id, ' ', at, '!'), 256) < '04', 1, 0)))
                FROM solved
                """)
            .first();
    assertThat(row.toSeq().mkString(" ")).isEqualTo("1000 1000 1000 1000 1000");
  }

  /** Bitcoin's genesis block: its nonce is 2083236893. */
  @Test
  void solveHeader_genesis_isItsNonceWhereItIsInReach() {
    String header =
        "unhex('0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a"
            + "7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d00000000')";
    Row row =
        session
            .sql(
                "SELECT pow.solve_header(%1$s, 2083236800, 2083236900), pow.solve_header(%1$s, 0, 99)"
                    .formatted(header))
            .first();
    assertThat(row.getStruct(0).toSeq().mkString(" "))
        .isEqualTo(
            "2083236893 000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f 94");
    assertThat(row.isNullAt(1)).as("no nonce below 99").isTrue();
  }

  @Test
  void solve_binaryAndDoubleHash_commitsToTheBytesAsTheyAre() {
    Row row =
        session
            .sql(
                """
                SELECT s.nonce, s.hash = lower(hex(pow.sha256d(
                  unhex(concat('ff00', lpad(hex(s.nonce), 16, '0'), '0a'))))), left(s.hash, 2)
                FROM (SELECT pow.solve(X'ff00', X'0a', 'u64be', 'sha256d', 8, 1000, 100000) s)
                """)
            .first();
    assertThat(row.getLong(0)).isBetween(1000L, 99_999L);
    assertThat(row.getBoolean(1)).isTrue();
    assertThat(row.getString(2)).isEqualTo("00");
  }

  @Test
  void solve_aNullArgument_isNull() {
    for (String arguments :
        List.of(
            "NULL, '', 'decimal', 'sha256', 1",
            "'', NULL, 'decimal', 'sha256', 1",
            "'', '', NULL, 'sha256', 1",
            "'', '', 'decimal', 'sha256', CAST(NULL AS INT)",
            "'', '', 'decimal', 'sha256', 1, 0, NULL")) {
      assertThat(session.sql("SELECT pow.solve(" + arguments + ")").first().isNullAt(0))
          .as(arguments)
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'a', '', 'octal', 'sha256', 1 | encoding must be one of u32be, u32le, u64be, u64le, decimal, hex, base64: 'octal'",
        "'a', '', 'hex', 'md5', 1 | hash must be one of sha256, sha256d: 'md5'",
        "'a', '', 'hex', 'sha256', 257 | zero_bits must be from 0 to 256: '257'",
        "'a', '', 'hex', 'sha256', 4294967297 | zero_bits must be from 0 to 256: '4294967297'",
        "'a', '', 'u32be', 'sha256', 1, 5, 5 | from must be at least 0 and below to, and to at most 4294967296: '5, 5'",
        "'a', '', 'u32be', 'sha256', 1, 0, 4294967297 | at most 4294967296: '0, 4294967297'",
        "'a', '', 'hex', 'sha256' | solve takes (prefix BINARY, suffix BINARY, encoding STRING, hash STRING, zero_bits BIGINT[, from BIGINT, to BIGINT]), got (STRING, STRING, STRING, STRING)",
        "'a', '', 'hex', 'sha256', 1, 0 | solve takes (prefix BINARY",
        "'a', 1, 'hex', 'sha256', 1 | solve takes (prefix BINARY",
        "'a', '', 'hex', 'sha256', 1.5 | solve takes (prefix BINARY",
      })
  void solve_wrongArguments_areNamed(String arguments, String message) {
    assertThatThrownBy(() -> session.sql("SELECT pow.solve(" + arguments + ")").collectAsList())
        .hasStackTraceContaining(message);
  }

  @Test
  void solveHeader_ofAWrongLength_isRefused() {
    assertThatThrownBy(() -> session.sql("SELECT pow.solve_header(X'00')").collectAsList())
        .hasStackTraceContaining("solve_header: a header must have 80 bytes, got 1: '00'");
  }

  /** No hash has 256 leading zero bits, as far as anyone knows: only the cancellation ends it. */
  @Test
  void solve_aCancelledJob_ends() throws InterruptedException {
    CompletableFuture<List<Row>> rows =
        CompletableFuture.supplyAsync(
            () -> {
              context.setJobGroup("endless", "a search without an end", false);
              return session
                  .sql("SELECT pow.solve('', '', 'u64be', 'sha256d', 256) FROM range(0, 2, 1, 2)")
                  .collectAsList();
            });
    awaitRunningTasks(2);
    context.cancelJobGroup("endless");
    assertThatThrownBy(() -> rows.get())
        .isInstanceOf(ExecutionException.class)
        .hasStackTraceContaining("cancelled");
    awaitRunningTasks(0);
  }

  private void awaitRunningTasks(int number) throws InterruptedException {
    while (context.statusTracker().getExecutorInfos()[0].numRunningTasks() != number) {
      Thread.sleep(10);
    }
  }
}
