package io.goldennonce.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.chain.table.BlockTable;
import io.goldennonce.puzzle.wallet.CoinTable;
import io.goldennonce.search.table.RangeTable;
import io.goldennonce.search.table.RunSummary;
import io.goldennonce.search.table.SearchTable;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.testing.OldWarehouse;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of {@link OldWarehouse}, which must be those that version 0.1.0 showed. */
class OldWarehouseTest {
  /** By {@code sql} of version 0.1.0. */
  private static final Map<String, Integer> ROWS =
      Map.of("blocks", 10, "searches", 11, "ranges", 9, "events", 18, "coins", 3);

  private static final long COINS = 1_875_177;
  private static final long TRIED = 14_046_603;

  private final Path directory;

  OldWarehouseTest(@TempDir Path directory) throws IOException {
    this.directory = OldWarehouse.unpack(directory);
  }

  @Test
  void tables_ofVersion010_haveTheRowsThatItShowed() throws IOException {
    assertThat(directory.resolve("_golden_nonce")).isEmptyFile();
    Warehouse warehouse = Warehouse.open(directory.toString(), new Configuration());

    checkRows(warehouse);
    assertThat(directory.resolve("_golden_nonce")).hasContent("2\n");
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".crc") || name.startsWith("_replaced-by-"))
          .filteredOn(name -> name.matches("[0-9a-f]{64}.*") && !name.endsWith(".parquet"))
          .isNotEmpty()
          .allMatch(name -> name.matches("[0-9a-f]{64}-\\d+-0"));
    }
  }

  @Test
  void tables_compactedByThisVersion_haveTheSameRows() {
    Warehouse warehouse = Warehouse.openOrCreate(directory.toString(), new Configuration());
    for (TableSchema<?> schema : StoredTables.STORED) {
      warehouse.table(schema).compact(Duration.ZERO);
    }

    checkRows(Warehouse.open(directory.toString(), new Configuration()));
    assertThat(warehouse.table(BlockTable.SCHEMA).files()).hasSize(1);
  }

  private static void checkRows(Warehouse warehouse) {
    Map<String, Integer> rows = new TreeMap<>();
    for (TableSchema<?> schema : StoredTables.STORED) {
      int count = warehouse.table(schema).read(row -> row).size();
      if (count > 0) {
        rows.put(schema.name(), count);
      }
    }
    assertThat(rows).isEqualTo(ROWS);
    assertThat(new BlockTable(warehouse).tip().orElseThrow().height()).isEqualTo(8);
    assertThat(warehouse.table(BlockTable.SCHEMA).read(row -> row.getString("hash")))
        .doesNotHaveDuplicates();
    assertThat(new SearchTable(warehouse).last(100))
        .extracting(RunSummary::searchId)
        .doesNotHaveDuplicates()
        .hasSize(11);
    assertThat(warehouse.table(RangeTable.SCHEMA).read(row -> row.getLong("hashes")))
        .satisfies(
            hashes ->
                assertThat(hashes.stream().mapToLong(Long::longValue).sum()).isEqualTo(TRIED));
    assertThat(new CoinTable(warehouse).counting().stream().mapToLong(CoinTable.Entry::coins).sum())
        .isEqualTo(COINS);
  }
}
