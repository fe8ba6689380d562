package io.goldennonce.table.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.table.parquet.ParquetFile.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetFileTest {
  private static final MessageType EVERY_TYPE =
      MessageTypeParser.parseMessageType(
          """
          message spark_schema {
            optional int64 l; optional int32 i; optional double d; optional boolean b;
            optional binary s (STRING); optional binary y; optional int64 t (TIMESTAMP(MICROS,true));
            required group a (LIST) { repeated group list { optional binary element; } }
          }\
          """);
  private static final MessageType NUMBERS =
      MessageTypeParser.parseMessageType("message m { required int64 n; optional int64 square; }");

  private static final Object[] FULL = {
    Long.MIN_VALUE,
    Integer.MAX_VALUE,
    -0.5,
    true,
    "größer".getBytes(StandardCharsets.UTF_8),
    new byte[] {0, -1},
    1_714_996_800_123_456L,
    new Object[] {new byte[0], new byte[] {7}}
  };
  private static final Object[] NULLS = {null, null, null, null, null, null, null, new Object[0]};

  @Test
  void write_everyTypeNullsAndLists_readsTheSame() throws IOException {
    Object[] nullElement = FULL.clone();
    nullElement[7] = new Object[] {null, new byte[] {1}, null};
    byte[] file = ParquetFile.write(EVERY_TYPE, Map.of(), List.of(FULL, NULLS, nullElement));

    try (ParquetFile read = ParquetFile.open(file)) {
      assertThat(read.schema()).isEqualTo(EVERY_TYPE);
      assertThat(read.rowCount()).isEqualTo(3);
      assertThat(read.readAll().toArray(Object[][]::new))
          .isDeepEqualTo(new Object[][] {FULL, NULLS, nullElement});
    }
  }

  @Test
  void write_sameRows_isTheSameBytes() {
    assertThat(ParquetFile.write(EVERY_TYPE, Map.of("k", "v"), List.<Object[]>of(FULL)))
        .isEqualTo(ParquetFile.write(EVERY_TYPE, Map.of("k", "v"), List.<Object[]>of(FULL)));
  }

  @Test
  void write_metadata_isInTheFooter() throws IOException {
    byte[] file = ParquetFile.write(NUMBERS, Map.of("key", "value"), List.of());
    try (ParquetFile read = ParquetFile.open(file)) {
      assertThat(read.metadata()).containsEntry("key", "value");
      assertThat(read.rowCount()).isZero();
      assertThat(read.read()).isNull();
    }
  }

  @Test
  void write_valueThatDoesNotFit_namesTheColumn() {
    assertThatThrownBy(() -> numbers(List.of(new Object[][] {{null, 1L}})))
        .hasMessage("column n must have a value");
    assertThatThrownBy(() -> numbers(List.of(new Object[][] {{1, 1L}})))
        .hasMessage("column n must be a Long, got a Integer");
    assertThatThrownBy(() -> numbers(List.of(new Object[][] {{1L}})))
        .hasMessage("a row must have 2 values, got 1");
  }

  /** The files hold the rows of {@link #write_everyTypeNullsAndLists_readsTheSame}. */
  @ParameterizedTest
  @ValueSource(strings = {"version-0.1.0.parquet", "spark-3.5.9.parquet"})
  void read_fileOfAnOlderVersionOrOfSpark_hasItsRows(String name) throws IOException {
    try (ParquetFile read = ParquetFile.open(resource(name))) {
      List<Object[]> rows = read.readAll();
      Object[] expected = FULL.clone();
      if (rows.get(0)[6] instanceof byte[] int96) {
        assertThat(int96).hasSize(12);
        expected[6] = int96;
      }
      assertThat(rows.toArray(Object[][]::new)).isDeepEqualTo(new Object[][] {expected, NULLS});
      byte[] copy = ParquetFile.write(read.schema(), Map.of(), rows);
      try (ParquetFile again = ParquetFile.open(copy)) {
        assertThat(again.readAll().toArray(Object[][]::new))
            .isDeepEqualTo(new Object[][] {expected, NULLS});
      }
    }
  }

  /** No writer of a table makes them, and the pool passes them over. */
  @Test
  void read_listsOfTwoLevels_areRefused() {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required group a (LIST) { repeated int64 array; } }");
    byte[] file = ParquetFile.write(schema, Map.of(), List.of());
    assertThatThrownBy(() -> ParquetFile.open(file)).hasMessageContaining("column a must be");
  }

  @Test
  void read_selectedColumns_areInTheirOrderAndNullWhereMissing() throws IOException {
    byte[] file = ParquetFile.write(EVERY_TYPE, Map.of(), List.<Object[]>of(FULL));
    Selection selection = Selection.of(List.of("i", "missing", "l", "i"));
    try (ParquetFile read = ParquetFile.open(ParquetFile.inMemory(file), selection)) {
      assertThat(read.read())
          .containsExactly(Integer.MAX_VALUE, null, Long.MIN_VALUE, Integer.MAX_VALUE);
      assertThat(read.read()).isNull();
    }
  }

  @Test
  void read_noColumns_countsTheRows() throws IOException {
    byte[] file = ParquetFile.write(NUMBERS, Map.of(), squares(5));
    try (ParquetFile read = ParquetFile.open(ParquetFile.inMemory(file), Selection.of(List.of()))) {
      assertThat(read.readAll()).hasSize(5).allSatisfy(row -> assertThat(row).isEmpty());
    }
  }

  @Test
  void read_filter_givesTheRowsThatMatchWithTheirPositions() throws IOException {
    byte[] file = ParquetFile.write(NUMBERS, Map.of(), squares(100_000));
    Selection selection =
        new Selection(
            List.of("n"),
            FilterCompat.get(
                FilterApi.or(
                    FilterApi.eq(FilterApi.longColumn("n"), 70_001L),
                    FilterApi.gtEq(FilterApi.longColumn("n"), 99_999L))));
    try (ParquetFile read = ParquetFile.open(ParquetFile.inMemory(file), selection)) {
      assertThat(read.read()).containsExactly(70_001L);
      assertThat(read.position()).isEqualTo(70_001);
      assertThat(read.read()).containsExactly(99_999L);
      assertThat(read.position()).isEqualTo(99_999);
      assertThat(read.read()).isNull();
    }
  }

  @Test
  void read_all_tellsPositionsFromZero() throws IOException {
    try (ParquetFile read =
        ParquetFile.open(ParquetFile.write(NUMBERS, Map.of(), squares(30_000)))) {
      List<Long> positions = new ArrayList<>();
      while (read.read() != null) {
        positions.add(read.position());
      }
      assertThat(positions).containsExactlyElementsOf(LongStream.range(0, 30_000).boxed().toList());
    }
  }

  @Test
  void read_columnThatIsAStruct_isRefused() {
    MessageType struct =
        MessageTypeParser.parseMessageType(
            "message m { required group s { required int64 a; required int64 b; } }");
    byte[] file = ParquetFile.write(struct, Map.of(), List.of());
    assertThatThrownBy(() -> ParquetFile.open(file))
        .hasMessageContaining("column s must be a number, boolean, binary or a list of these");
  }

  @Test
  void open_bytesThatAreNoParquetOrCutOff_fails() {
    byte[] file = ParquetFile.write(NUMBERS, Map.of(), squares(10));
    for (byte[] bytes : List.of(new byte[0], new byte[100], Arrays.copyOf(file, file.length - 1))) {
      assertThatThrownBy(() -> ParquetFile.open(bytes)).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void read_bytesChangedInADataPage_fails() {
    byte[] file = ParquetFile.write(NUMBERS, Map.of(), squares(10));
    Arrays.fill(file, 4, 40, (byte) 0x55);
    assertThatThrownBy(
            () -> {
              try (ParquetFile read = ParquetFile.open(file)) {
                read.readAll();
              }
            })
        .isInstanceOfAny(IOException.class, RuntimeException.class);
  }

  private static byte[] numbers(List<Object[]> rows) {
    return ParquetFile.write(NUMBERS, Map.of(), rows);
  }

  private static List<Object[]> squares(int count) {
    return LongStream.range(0, count).mapToObj(n -> new Object[] {n, n * n}).toList();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ParquetFileTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
