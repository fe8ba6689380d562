package io.goldennonce.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class RowWriterTest {
  private final Path directory;
  private final SparkSession session;

  RowWriterTest(@TempDir Path directory, JavaSparkContext context) {
    this.directory = directory;
    this.session = SqlSession.of(context);
  }

  @Test
  void write_everyTable_hasTheParquetTypesThatSparkWrites() throws IOException {
    for (StructType schema :
        List.of(
            BlockTable.SCHEMA,
            SearchTable.SCHEMA,
            RangeTable.SCHEMA,
            EventTable.SCHEMA,
            RejectedTable.SCHEMA)) {
      Path spark = directory.resolve("spark" + schema.hashCode());
      session.createDataFrame(List.<Row>of(), schema).coalesce(1).write().parquet(spark.toString());
      Path ours = directory.resolve("ours" + schema.hashCode());
      write(ours, schema);
      try (Stream<Path> files = Files.list(spark)) {
        Path written =
            files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
        assertThat(type(ours)).isEqualTo(type(written));
      }
    }
  }

  @Test
  void write_everyTypeAndNulls_isWhatSparkReads() throws IOException {
    StructType schema =
        StructType.fromDDL(
            "l BIGINT, i INT, d DOUBLE, b BOOLEAN, s STRING, y BINARY, t TIMESTAMP,"
                + " a ARRAY<BINARY> NOT NULL");
    Path file = directory.resolve("rows.parquet");
    Row full =
        RowFactory.create(
            Long.MIN_VALUE,
            Integer.MAX_VALUE,
            -0.5,
            true,
            "größer",
            new byte[] {0, -1},
            Timestamp.from(Instant.parse("2024-05-06T12:00:00.123456Z")),
            new byte[][] {{}, {7}});
    Row nulls = RowFactory.create(null, null, null, null, null, null, null, new byte[0][]);
    write(file, schema, full, nulls);
    List<Row> rows = session.read().schema(schema).parquet(file.toString()).collectAsList();
    assertThat(rows).hasSize(2);
    for (int i = 0; i < 5; i++) {
      assertThat(rows.get(0).get(i)).isEqualTo(full.get(i));
    }
    assertThat(rows.get(0).<byte[]>getAs("y")).isEqualTo(new byte[] {0, -1});
    assertThat(rows.get(0).get(6)).isEqualTo(full.get(6));
    assertThat(rows.get(0).<byte[]>getList(7)).containsExactly(new byte[0], new byte[] {7});
    for (int i = 0; i < 7; i++) {
      assertThat(rows.get(1).isNullAt(i)).isTrue();
    }
    assertThat(rows.get(1).<byte[]>getList(7)).isEmpty();
  }

  @Test
  void create_ofATypeThatNoTableHas_isRefused() {
    StructType schema = StructType.fromDDL("m MAP<STRING, STRING>");
    assertThatThrownBy(() -> new RowWriter(schema)).hasMessageContaining("map<string,string>");
  }

  private static void write(Path file, StructType schema, Row... rows) throws IOException {
    new RowWriter(schema)
        .write(
            HadoopOutputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toString()), new Configuration()),
            List.of(rows));
  }

  private static MessageType type(Path file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toString()), new Configuration()))) {
      return reader.getFileMetaData().getSchema();
    }
  }
}
