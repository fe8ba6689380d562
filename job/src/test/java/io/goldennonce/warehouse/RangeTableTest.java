package io.goldennonce.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.Hash256;
import io.goldennonce.search.LedgerRow;
import io.goldennonce.search.LowestHash;
import io.goldennonce.search.NonceRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeTableTest {
  private static final String SEARCH = "0123456789abcdef";
  private static final String OTHER = "fedcba9876543210";

  private final Path ranges;
  private final RangeTable table;

  RangeTableTest(@TempDir Path directory) {
    Path warehouse = directory.resolve("warehouse");
    this.ranges = warehouse.resolve("ranges");
    this.table = new RangeTable(Warehouse.openOrCreate(warehouse.toString(), new Configuration()));
  }

  @Test
  void rows_ofTwoRuns_areTheNewestOfEach() throws IOException {
    for (int to : new int[] {10, 15, 20, 25}) {
      table.replace(SEARCH, "run-a", List.of(row(0, to)));
    }
    table.replace(SEARCH, "run-b", List.of(row(30, 40)));
    table.replace(OTHER, "run-a", List.of(row(50, 60)));
    assertThat(table.rows(SEARCH)).containsExactlyInAnyOrder(row(0, 25), row(30, 40));
    assertThat(files()).as("two of the run that kept several").hasSize(4);
    table.forget(SEARCH);
    assertThat(table.rows(SEARCH)).isEmpty();
    assertThat(table.rows(OTHER)).containsExactly(row(50, 60));
  }

  @Test
  void rows_whileARunKeepsThem_areAlwaysWhole() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    table.replace(SEARCH, "run-a", List.of(row(0, 1)));
    Thread writer =
        new Thread(
            () -> {
              for (int to = 2; to <= 150; to++) {
                table.replace(SEARCH, "run-a", List.of(row(0, to)));
              }
              done.set(true);
            });
    writer.start();
    long last = 0;
    while (!done.get()) {
      List<LedgerRow> rows = table.rows(SEARCH);
      assertThat(rows).hasSize(1);
      assertThat(rows.get(0).range().to()).isGreaterThanOrEqualTo(last);
      last = rows.get(0).range().to();
    }
    writer.join();
    assertThat(table.rows(SEARCH)).containsExactly(row(0, 150));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(ranges)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private static LedgerRow row(long from, long to) {
    Instant at = Instant.parse("2026-11-21T00:00:00Z");
    LowestHash best = new LowestHash(Hash256.sha256(new byte[] {1}), from);
    return new LedgerRow(new NonceRange(from, to), best, null, "host", "1", "scalar", at, at);
  }
}
