package io.goldennonce.sql.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.sql.PowCatalog;
import io.goldennonce.sql.SqlSession;
import io.goldennonce.testing.LocalSpark;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalSpark.class)
@Tag("spark")
class PowFunctionsTest {
  /** Bitcoin's genesis header. */
  private static final String GENESIS =
      "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b2"
          + "7ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";

  private final SparkSession session;

  PowFunctionsTest(JavaSparkContext context) {
    this.session = SqlSession.of(context).newSession();
    session.conf().set("spark.sql.catalog.pow", PowCatalog.class.getName());
    // Functions open no warehouse.
    session.conf().set("spark.sql.catalog.pow.warehouse", "nowhere");
  }

  /** Constants are folded by the interpreter, others are computed by generated code. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void functions_ofBitcoinsGenesis_areAsBitcoinCoreHasThem(boolean generated) {
    session.conf().set("spark.sql.codegen.factoryMode", generated ? "CODEGEN_ONLY" : "NO_CODEGEN");
    session.conf().set("spark.sql.codegen.wholeStage", generated);
    Row row =
        session
            .sql(
                "SELECT pow.block_hash(unhex(h)), pow.meets_target(unhex(h)),"
                    + " pow.meets_target(overlay(unhex(h) PLACING X'00' FROM 80)),"
                    + " pow.target(b), pow.difficulty(b), pow.work(b),"
                    + " lower(hex(pow.sha256d('hello'))), lower(hex(pow.sha256d(X'68656c6c6f'))),"
                    + " pow.merkle_root(array(m)), pow.merkle_root(array(reverse(unhex(m)))),"
                    + " pow.log_root(array(X'', X'00', X'10'))"
                    + " FROM VALUES ('"
                    + GENESIS
                    + "', '1d00ffff', '"
                    + "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
                    + "') AS t(h, b, m) WHERE rand() >= 0")
            .first();
    assertThat(row.getString(0))
        .isEqualTo("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
    assertThat(row.getBoolean(1)).isTrue();
    assertThat(row.getBoolean(2)).isFalse();
    assertThat(row.getString(3)).isEqualTo("00000000ffff" + "0".repeat(52));
    assertThat(row.getDouble(4)).isEqualTo(1);
    // getblockheader's chainwork of the genesis block.
    assertThat(row.getDecimal(5)).isEqualTo(new BigDecimal(0x100010001L));
    // hashlib.sha256(hashlib.sha256(b'hello').digest()).hexdigest() in Python.
    assertThat(List.of(row.getString(6), row.getString(7)))
        .containsOnly("9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50");
    assertThat(List.of(row.getString(8), row.getString(9)))
        .containsOnly("4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b");
    // The root of the first three leaves of Certificate Transparency's vectors (LogTreeTest).
    assertThat(row.getString(10))
        .isEqualTo("aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
  }

  @Test
  void functions_ofNull_areNull() {
    for (String function :
        List.of("sha256d", "block_hash", "target", "difficulty", "work", "meets_target")) {
      assertThat(session.sql("SELECT pow." + function + "(NULL)").first().isNullAt(0))
          .as(function)
          .isTrue();
    }
    Row row =
        session
            .sql(
                "SELECT pow.sha256d(h), pow.block_hash(h), pow.meets_target(h), pow.target(b),"
                    + " pow.difficulty(b), pow.work(b), pow.merkle_root(l) FROM VALUES"
                    + " (CAST(NULL AS BINARY), CAST(NULL AS STRING), CAST(NULL AS ARRAY<STRING>))"
                    + " AS t(h, b, l) WHERE rand() >= 0")
            .first();
    for (int i = 0; i < row.length(); i++) {
      assertThat(row.isNullAt(i)).as(row.schema().fieldNames()[i]).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pow.block_hash(X'0102') | block_hash: a header must have 80 bytes, got 2: '0102'",
        "pow.meets_target(X'') | meets_target: a header must have 80 bytes, got 0: ''",
        "pow.target('1d00ff') | target: a compact target must have 4 bytes (8 hex digits), got 3:",
        "pow.target('1d00ffzz') | target: a compact target must be hex digits, got 'z' at digit 7:",
        "pow.difficulty('00000000') | difficulty: a compact target must not be zero, got 00000000",
        "pow.work('1d80ffff') | work: a compact target must not be negative",
        "pow.work('03000001') | work: the work must be below 10^38",
        "pow.merkle_root(array(X'01')) | merkle_root: a hash must have 32 bytes, got 1: '01'",
        "pow.merkle_root(array('01')) | merkle_root: a hash must have 32 bytes (64 hex digits)",
        "pow.merkle_root(array('01', NULL)) | merkle_root: a hash must have 32 bytes",
        "pow.merkle_root(slice(array('01'), 1, 0)) | merkle_root: there must be at least 1 leaf",
        "pow.merkle_root(array(CAST(NULL AS STRING))) | merkle_root: a leaf must not be null",
        "pow.log_root(array(X'', CAST(NULL AS BINARY))) | log_root: a leaf must not be null, got"
            + " leaf 1",
      })
  void functions_ofAWrongValue_nameFunctionRuleAndValue(String call, String message) {
    assertThatThrownBy(() -> session.sql("SELECT " + call).collectAsList())
        .hasStackTraceContaining(message);
    assertThatThrownBy(
            () ->
                session.sql("SELECT " + call + " FROM range(1) WHERE rand() >= 0").collectAsList())
        .hasStackTraceContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pow.block_hash('0102') | block_hash takes a header of 80 bytes as BINARY",
        "pow.target(486604799) | target takes bits as a STRING of 8 hex digits",
        "pow.target() | target takes bits as a STRING of 8 hex digits",
        "pow.work('1d00ffff', 1) | got STRING, INT",
        "pow.merkle_root('01') | merkle_root takes an ARRAY of hashes",
        "pow.log_root(array('01')) | log_root takes an ARRAY of BINARY",
        "pow.sha256d(1) | sha256d takes a BINARY, or a STRING as UTF-8",
      })
  void functions_ofAWrongType_areRefusedInTheAnalysis(String call, String message) {
    assertThatThrownBy(() -> session.sql("SELECT " + call)).hasMessageContaining(message);
  }

  @Test
  void bitsAsANumber_asTheMessageTells_areTaken() {
    assertThat(session.sql("SELECT pow.difficulty(lpad(hex(486604799), 8, '0'))").first().get(0))
        .isEqualTo(1.0);
  }
}
