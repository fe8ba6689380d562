package io.goldennonce.puzzle.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.puzzle.CoinCount;
import io.goldennonce.puzzle.Coins;
import io.goldennonce.search.NonceRange;
import io.goldennonce.sql.SqlSession;
import io.goldennonce.testing.LocalSpark;
import io.goldennonce.testing.Tables;
import io.goldennonce.warehouse.Warehouse;
import io.goldennonce.warehouse.WarehouseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
@Tag("spark")
class CoinWalletTest {
  private static final NonceRange SEED = Coins.candidates(0);
  private static final Instant NOON = Instant.parse("2024-05-06T12:00:00Z");

  private final Path directory;
  private final SparkSession session;
  private final Warehouse warehouse;

  CoinWalletTest(@TempDir Path directory, JavaSparkContext context) {
    this.directory = directory;
    this.session = SqlSession.of(context);
    this.warehouse = Warehouse.openOrCreate(directory.toString(), context.hadoopConfiguration());
  }

  @Test
  void wallet_ofAnEmptyWarehouse_hasNoRows() {
    Tables.read(session, warehouse, "wallet").createOrReplaceTempView("wallet");
    assertThat(session.table("wallet").collectAsList()).isEmpty();
    assertThat(session.table("wallet").columns())
        .containsExactly(
            "minute",
            "miner",
            "coins",
            "hashes",
            "seconds",
            "hashes_per_second",
            "coins_per_second",
            "lowest_hash");
  }

  @Test
  void missing_afterEarlierRuns_isWhatNobodyHashed() throws Exception {
    try (CoinWallet wallet = open("a", Duration.ofHours(1))) {
      wallet.add(count(0, 500), 1);
      wallet.add(count(500, 1000), 1);
      wallet.add(count(2000, 3000), 1);
    }
    try (CoinWallet wallet = open("b", Duration.ofNanos(1))) {
      assertThat(wallet.missing())
          .containsExactly(new NonceRange(1000, 2000), new NonceRange(3000, SEED.to()));
      assertThat(wallet.earlierCoins())
          .isEqualTo(count(0, 1000).coins() + count(2000, 3000).coins());
      wallet.add(count(1000, 2000), 1);
      // Kept at once, as the interval is over.
      assertThat(new CoinTable(warehouse).counting()).hasSize(3);
    }
    Files.write(directory.resolve("coins/bad.parquet"), new byte[99]);
    try (CoinWallet wallet = open("c", Duration.ofHours(1))) {
      assertThat(wallet.missing()).containsExactly(new NonceRange(3000, SEED.to()));
      assertThat(wallet.earlierCoins()).isEqualTo(count(0, 3000).coins());
      assertThat(wallet.earlierCoinsByMiner())
          .isEqualTo(
              Map.of(
                  "a",
                  count(0, 1000).coins() + count(2000, 3000).coins(),
                  "b",
                  count(1000, 2000).coins()));
    }
  }

  @Test
  void open_whileAnotherIsAtTheSameCandidates_isRefused() {
    try (CoinWallet wallet = open("a", Duration.ofHours(1))) {
      assertThat(wallet.missing()).containsExactly(SEED);
      assertThatThrownBy(() -> open("b", Duration.ofHours(1)))
          .isInstanceOf(WarehouseException.class);
    }
  }

  /** By a process that was suspended before it saved, until another had taken its lease. */
  @Test
  void open_afterALateSave_countsEachCandidateOnce() {
    CoinTable table = new CoinTable(warehouse);
    table.append("one", List.of(entry(0, 1000, "a", 0)));
    table.append("late", List.of(entry(500, 1500, "b", 5)));
    try (CoinWallet wallet = open("c", Duration.ofHours(1))) {
      assertThat(wallet.missing()).containsExactly(new NonceRange(1000, SEED.to()));
      assertThat(wallet.earlierCoins()).isEqualTo(count(0, 1000).coins());
      wallet.add(count(1000, 2000), 1);
    }
    try (CoinWallet wallet = open("d", Duration.ofHours(1))) {
      assertThat(wallet.missing()).containsExactly(new NonceRange(2000, SEED.to()));
      assertThat(wallet.earlierCoins()).isEqualTo(count(0, 2000).coins());
    }
  }

  @Test
  void wallet_ofRowsThatOverlap_countsEachCandidateOnce() {
    CoinTable table = new CoinTable(warehouse);
    table.append("one", List.of(entry(0, 1000, "a", 0), entry(1500, 2500, "a", 61)));
    table.append("two", List.of(entry(500, 1500, "b", 5), entry(2500, 3500, "b", 62)));
    Tables.read(session, warehouse, "wallet").createOrReplaceTempView("wallet");
    assertThat(
            session
                .sql(
                    "SELECT concat_ws(' ', date_format(minute, 'HH:mm'), miner, coins, hashes,"
                        + " hashes_per_second, lowest_hash) FROM wallet ORDER BY minute, miner")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly(row("12:00 a", 0), row("12:01 a", 1500), row("12:01 b", 2500));
  }

  private static String row(String head, long from) {
    CoinCount count = count(from, from + 1000);
    return head + " " + count.coins() + " 1000 500.0 " + count.lowest().toHex();
  }

  private CoinWallet open(String miner, Duration interval) {
    return new CoinWallet(warehouse, SEED, miner, interval);
  }

  private static CoinTable.Entry entry(long from, long to, String miner, int second) {
    return new CoinTable.Entry(count(from, to), miner, "run " + miner, 2, NOON.plusSeconds(second));
  }

  private static CoinCount count(long from, long to) {
    return Coins.count(new NonceRange(from, to), Long.MAX_VALUE, () -> false);
  }
}
