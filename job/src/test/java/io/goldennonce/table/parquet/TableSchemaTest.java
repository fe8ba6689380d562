package io.goldennonce.table.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.table.parquet.ParquetFile.Selection;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.parquet.io.InvalidRecordException;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

class TableSchemaTest {
  private static final Instant TIME = Instant.parse("1969-12-31T23:59:59.123456Z");

  private record Everything(long number, String text) {}

  private static final TableSchema<Everything> SCHEMA =
      TableSchema.<Everything>named("t")
          .required("l", ColumnType.LONG, Everything::number)
          .required("i", ColumnType.INT, each -> 7)
          .required("d", ColumnType.DOUBLE, each -> -0.5)
          .required("b", ColumnType.BOOLEAN, each -> true)
          .optional("s", ColumnType.STRING, Everything::text)
          .required("y", ColumnType.BINARY, each -> new byte[] {1})
          .required("t", ColumnType.TIMESTAMP, each -> TIME)
          .required("a", ColumnType.BINARIES, each -> List.of(new byte[0], new byte[] {7}))
          .optional("none", ColumnType.LONG, each -> null);

  @Test
  void parquet_everyType_isWhatSparkWrites() {
    assertThat(SCHEMA.parquet())
        .isEqualTo(
            MessageTypeParser.parseMessageType(
                """
                message spark_schema {
                  required int64 l; required int32 i; required double d; required boolean b;
                  optional binary s (STRING); required binary y;
                  required int64 t (TIMESTAMP(MICROS,true));
                  required group a (LIST) { repeated group list { optional binary element; } }
                  optional int64 none;
                }\
                """));
  }

  @Test
  void row_everyType_isReadByName() throws IOException {
    StoredRow row = onlyRow(SCHEMA.write(List.of(new Everything(5, "größer"))), SCHEMA);
    assertThat(row.getLong("l")).isEqualTo(5);
    assertThat(row.getInt("i")).isEqualTo(7);
    assertThat(row.getDouble("d")).isEqualTo(-0.5);
    assertThat(row.getString("s")).isEqualTo("größer");
    assertThat(row.getBytes("y")).containsExactly(1);
    assertThat(row.getInstant("t")).isEqualTo(TIME);
    assertThat(row.getBinaries("a")).containsExactly(new byte[0], new byte[] {7});
    assertThat(row.has("none")).isFalse();
    assertThat(row.optional("none", StoredRow::getLong)).isEmpty();
    assertThat(row.optional("l", StoredRow::getLong)).contains(5L);
  }

  @Test
  void row_valueThatIsMissingOrOfAnotherType_isRefused() throws IOException {
    StoredRow row = onlyRow(SCHEMA.write(List.of(new Everything(5, "text"))), SCHEMA);
    assertThatThrownBy(() -> row.getLong("none"))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessage("column none must be a Long, got none");
    assertThatThrownBy(() -> row.getLong("s"))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessage("column s must be a Long, got a byte[]");
  }

  @Test
  void row_fileThatLacksAColumn_hasNullThere() throws IOException {
    TableSchema<Long> older =
        TableSchema.<Long>named("t").required("l", ColumnType.LONG, each -> each);
    StoredRow row = onlyRow(older.write(List.of(3L)), SCHEMA);
    assertThat(row.getLong("l")).isEqualTo(3);
    assertThat(row.has("s")).isFalse();
  }

  @Test
  void row_timestampAsSparkStoresItByDefault_isTheSameTime() throws IOException {
    TableSchema<Long> times =
        TableSchema.<Long>named("t").optional("t", ColumnType.TIMESTAMP, each -> null);
    try (var in = TableSchemaTest.class.getResourceAsStream("spark-3.5.9.parquet")) {
      assertThat(onlyRow(in.readAllBytes(), times).getInstant("t"))
          .isEqualTo(Instant.parse("2024-05-06T12:00:00.123456Z"));
    }
  }

  @Test
  void required_columnTwice_isRefused() {
    TableSchema<Long> once = TableSchema.<Long>named("t").required("l", ColumnType.LONG, x -> x);
    assertThatThrownBy(() -> once.required("l", ColumnType.LONG, each -> each))
        .hasMessage("column l must be defined once");
  }

  private static StoredRow onlyRow(byte[] file, TableSchema<?> schema) throws IOException {
    try (ParquetFile read =
        ParquetFile.open(ParquetFile.inMemory(file), Selection.of(schema.names()))) {
      return StoredRow.of(schema.names()).apply(read.readAll().get(0));
    }
  }
}
