package io.goldennonce.search.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.Hash256;
import io.goldennonce.search.LowestHash;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Shares;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.warehouse.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeTableTest {
  private static final String SEARCH = "0123456789abcdef";
  private static final String OTHER = "fedcba9876543210";

  private static final String RUN_A = "00000000-0000-0000-0000-00000000000a";
  private static final String RUN_B = "00000000-0000-0000-0000-00000000000b";

  private final Warehouse warehouse;
  private final RangeTable table;

  RangeTableTest(@TempDir Path directory) {
    this.warehouse =
        Warehouse.openOrCreate(directory.resolve("warehouse").toString(), new Configuration());
    this.table = new RangeTable(warehouse);
  }

  @Test
  void rows_ofTwoRuns_areTheNewestOfEach() {
    Consumer<List<LedgerRow>> run = table.run(SEARCH, RUN_A);
    for (int to : new int[] {10, 15, 20, 25}) {
      run.accept(List.of(row(0, to)));
    }
    table.run(SEARCH, RUN_B).accept(List.of(row(30, 40)));
    table.run(OTHER, RUN_A).accept(List.of(row(50, 60)));
    assertThat(table.rows(SEARCH)).containsExactlyInAnyOrder(row(0, 25), row(30, 40));
    assertThat(table.rows(OTHER)).containsExactly(row(50, 60));
  }

  @Test
  void rows_ofShortRunsAndOfMergedFiles_areFoundBySearch() {
    table.append(
        List.of(
            new RangeTable.Entry(SEARCH, RUN_A, row(0, 10)),
            new RangeTable.Entry(OTHER, RUN_B, row(10, 20))));
    table.run(SEARCH, RUN_B).accept(List.of(row(30, 40)));
    table.run(OTHER, RUN_A).accept(List.of(row(50, 60)));
    for (int round = 0; round < 2; round++) {
      assertThat(table.rows(SEARCH)).containsExactlyInAnyOrder(row(0, 10), row(30, 40));
      assertThat(table.rows(OTHER)).containsExactlyInAnyOrder(row(10, 20), row(50, 60));
      warehouse.table(RangeTable.SCHEMA).compact(Duration.ZERO);
    }
  }

  /** Whatever their files are called. */
  @Test
  void rows_ofSeveralRuns_areInTheOrderInWhichRunsBegan() {
    table.run(SEARCH, RUN_A).accept(List.of(later(row(0, 5), 20), later(row(5, 9), 10)));
    table.run(SEARCH, RUN_B).accept(List.of(later(row(20, 30), 5), later(row(9, 20), 99)));
    assertThat(table.rows(SEARCH))
        .extracting(row -> row.range().from())
        .containsExactly(9L, 20L, 0L, 5L);
  }

  private static LedgerRow later(LedgerRow row, long seconds) {
    return new LedgerRow(
        row.range(),
        row.best(),
        row.solution(),
        row.shares(),
        row.host(),
        row.executor(),
        row.kernel(),
        row.device(),
        row.firstAt().plusSeconds(seconds),
        row.lastAt().plusSeconds(seconds));
  }

  @Test
  void forget_aPartOfTheKeyspace_leavesTheRestOfEachRow() {
    table.run(SEARCH, RUN_A).accept(List.of(row(0, 10), row(10, 30), row(40, 50)));
    table.run(SEARCH, RUN_B).accept(List.of(row(30, 40)));
    table.run(OTHER, RUN_A).accept(List.of(row(0, 100)));
    table.forget(SEARCH, new NonceRange(5, 35));
    assertThat(table.rows(SEARCH))
        .extracting(LedgerRow::range)
        .containsExactlyInAnyOrder(
            new NonceRange(0, 5), new NonceRange(40, 50), new NonceRange(35, 40));
    assertThat(table.rows(SEARCH))
        .filteredOn(row -> row.range().from() == 35)
        .extracting(LedgerRow::best)
        .as("its position was 30")
        .containsOnlyNulls();
    table.forget(SEARCH, new NonceRange(0, 100));
    assertThat(table.rows(SEARCH)).isEmpty();
    assertThat(table.rows(OTHER)).containsExactly(row(0, 100));
  }

  @Test
  void rows_whileARunKeepsThem_areAlwaysWhole() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    Consumer<List<LedgerRow>> run = table.run(SEARCH, RUN_A);
    run.accept(List.of(row(0, 1)));
    Thread writer =
        new Thread(
            () -> {
              for (int to = 2; to <= 60; to++) {
                run.accept(List.of(row(0, to)));
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
    assertThat(table.rows(SEARCH)).containsExactly(row(0, 60));
  }

  @Test
  void rows_withShares_areReadAsTheyWereSaved() {
    LedgerRow some = row(0, 10, Shares.of(24, List.of(3L, 7L)));
    LedgerRow none = row(10, 20, Shares.of(24, List.of()));
    table.run(SEARCH, RUN_A).accept(List.of(some, none, row(20, 30)));
    assertThat(table.rows(SEARCH)).containsExactly(some, none, row(20, 30));
    table.forget(SEARCH, new NonceRange(5, 30));
    assertThat(table.rows(SEARCH))
        .extracting(LedgerRow::shares)
        .containsExactly(Shares.of(24, List.of(3L)));
  }

  private static LedgerRow row(long from, long to) {
    return row(from, to, Shares.NONE);
  }

  private static LedgerRow row(long from, long to, Shares shares) {
    Instant at = Instant.parse("2026-11-21T00:00:00Z");
    LowestHash best = new LowestHash(Hash256.sha256(new byte[] {1}), from);
    return new LedgerRow(
        new NonceRange(from, to), best, null, shares, "host", "1", "scalar", null, at, at);
  }
}
