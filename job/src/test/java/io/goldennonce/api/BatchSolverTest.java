package io.goldennonce.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Hash256;
import io.goldennonce.sql.SqlSession;
import io.goldennonce.testing.LocalSpark;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
@Tag("spark")
class BatchSolverTest {
  /** Bitcoin's mainnet block 8451, whose nonce is an early one: 102331. */
  private static final String BLOCK_8451 =
      "0100000044024bc63493f8d96723cd193bcd8d888b64260061dd1d632e844ae7000000003f3664cda5b0e39b"
          + "580a9ef37b8e6c718b3894885e69ed0be736d093cc2cdc5e30c8c749ffff001dbb8f0100";

  private final JavaSparkContext context;
  private final SparkSession session;

  BatchSolverTest(JavaSparkContext context) {
    this.context = context;
    this.session = SqlSession.of(context);
  }

  @Test
  void solve_aThousandEasyTemplates_takesOneJob() {
    Dataset<Row> templates =
        session.sql(
            "SELECT id, concat('template ', id, ' nonce ') AS prefix, ' end' AS suffix,"
                + " IF(id % 2 = 0, 'u64le', 'decimal') AS encoding,"
                + " IF(id % 3 = 0, 'sha256', 'sha256d') AS hash_function, 6 AS zero_bits"
                + " FROM range(0, 1000, 1, 4)");
    context.setJobGroup("batch", "a thousand templates");
    List<Row> rows = BatchSolver.solve(templates).collectAsList();
    assertThat(context.statusTracker().getJobIdsForGroup("batch")).hasSize(1);
    context.clearJobGroup();
    assertThat(rows).hasSize(1000);
    for (Row row : rows) {
      assertThat(row.<String>getAs("outcome")).isEqualTo("found");
      byte[] solution = row.getAs("solution");
      long nonce = row.getAs("nonce");
      assertThat(row.<Long>getAs("hashes")).as("the lowest, from 0 on").isEqualTo(nonce + 1);
      if (row.getAs("encoding").equals("decimal")) {
        assertThat(new String(solution, StandardCharsets.UTF_8))
            .isEqualTo(row.<String>getAs("prefix") + nonce + " end");
      }
      Hash256 digest =
          row.getAs("hash_function").equals("sha256")
              ? Hash256.sha256(solution)
              : Hash256.sha256d(solution);
      assertThat(row.<String>getAs("hash")).isEqualTo(digest.toHex());
      assertThat(digest.toBytes()[0] & 0xfc).isZero();
    }
  }

  @Test
  void solve_realHeaders_givesTheirNonces() {
    Row row =
        solve(
            "SELECT unhex('"
                + BLOCK_8451
                + "') AS header, 100000L AS from_nonce, 110000L AS to_nonce");
    assertThat(row.<Long>getAs("nonce")).isEqualTo(102331);
    assertThat(row.<Long>getAs("hashes")).isEqualTo(2332);
    assertThat(row.<byte[]>getAs("solution")).isEqualTo(HexFormat.of().parseHex(BLOCK_8451));
    assertThat(row.<String>getAs("hash"))
        .isEqualTo(BlockHeader.ofHex(BLOCK_8451).hash().toDisplay());
    Row easier =
        solve("SELECT '" + BLOCK_8451 + "' AS header, '" + "00" + "f".repeat(62) + "' AS target");
    assertThat(easier.<Long>getAs("nonce")).isLessThan(102331);
    assertThat(easier.<String>getAs("hash")).startsWith("00");
  }

  @Test
  void solve_noncesWithoutASolution_areExhaustedAndCounted() {
    Row row = solve("SELECT '" + BLOCK_8451 + "' AS header, 7 AS from_nonce, 100007 AS to_nonce");
    assertThat(row.<String>getAs("outcome")).isEqualTo("exhausted");
    assertThat(row.<Long>getAs("hashes")).isEqualTo(100_000);
    for (String column : List.of("nonce", "hash", "solution")) {
      assertThat(row.<Object>getAs(column)).as(column).isNull();
    }
    assertThat(row.<String>getAs("kernel")).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1 AS a | templates must have a column header, or encoding",
        "SELECT 1 AS header | column header must be BINARY or STRING, got INT",
        "SELECT 'a' AS header, 1 AS nonce | must have no column nonce",
        "SELECT 'ab' AS header | a template's header: a header must have 80 bytes",
        "SELECT 'u8' AS encoding | encoding must be one of u32be, u32le, u64be, u64le, decimal",
        "SELECT 'decimal' AS encoding | hash_function must be one of sha256, sha256d, got null",
        "SELECT 'decimal' AS encoding, 'sha256' AS hash_function | one of target, bits and zero_b",
        "SELECT 'decimal' AS encoding, 'sha256' AS hash_function, 257 AS zero_bits | from 0 to 256",
        "SELECT 'decimal' AS encoding, 'sha256' AS hash_function, 'x' AS bits | template's bits: ",
        "SELECT 'u32be' AS encoding, 'sha256' AS hash_function, 1 AS zero_bits, 4294967297 AS"
            + " to_nonce | must end at 4294967296 or before, got 4294967297",
        "SELECT 'u32be' AS encoding, 'sha256' AS hash_function, 1 AS zero_bits, 9 AS from_nonce, 8"
            + " AS to_nonce | from_nonce and to_nonce: a range must run",
      })
  void solve_noTemplate_namesColumnAndRule(String query, String message) {
    assertThatThrownBy(() -> solve(query)).hasStackTraceContaining(message);
  }

  private Row solve(String query) {
    return BatchSolver.solve(session.sql(query)).collectAsList().get(0);
  }
}
