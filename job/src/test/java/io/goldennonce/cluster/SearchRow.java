package io.goldennonce.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/** What a test asks of a row of {@code searches}; read without Spark, which takes seconds. */
public record SearchRow(
    long hashes,
    boolean hashesExact,
    long hashesAtMost,
    long resumedHashes,
    OptionalDouble stopLatencyMillis,
    OptionalLong nonce) {

  /** The row of the run that began last. */
  static SearchRow last(Path warehouse) throws IOException {
    List<SearchRow> rows = all(warehouse);
    return rows.get(rows.size() - 1);
  }

  /** All rows, in the order the runs began. */
  public static List<SearchRow> all(Path warehouse) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(warehouse.resolve("searches"))) {
      // A name begins with the time its run began.
      files =
          listed
              .filter(file -> file.getFileName().toString().matches("[^._].*\\.parquet"))
              .sorted(Comparator.comparing(Path::getFileName))
              .toList();
    }
    List<SearchRow> rows = new ArrayList<>();
    for (Path file : files) {
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
              .build()) {
        for (Group row = reader.read(); row != null; row = reader.read()) {
          rows.add(of(row));
        }
      }
    }
    return rows;
  }

  private static SearchRow of(Group row) {
    return new SearchRow(
        row.getLong("hashes", 0),
        row.getBoolean("hashes_exact", 0),
        row.getLong("hashes_at_most", 0),
        row.getLong("resumed_hashes", 0),
        row.getFieldRepetitionCount("stop_latency_ms") == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(row.getDouble("stop_latency_ms", 0)),
        row.getFieldRepetitionCount("nonce") == 0
            ? OptionalLong.empty()
            : OptionalLong.of(row.getLong("nonce", 0)));
  }
}
