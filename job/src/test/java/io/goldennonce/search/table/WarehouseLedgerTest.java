package io.goldennonce.search.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.pow.Target;
import io.goldennonce.search.HeaderTemplate;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Shares;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.testing.Blocks;
import io.goldennonce.warehouse.RunningSearch;
import io.goldennonce.warehouse.SearchTakenException;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseLedgerTest {
  private static final Instant NOON = Instant.parse("2026-05-06T12:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Path directory;
  private final Warehouse warehouse;
  private final List<RangeTable.Entry> shortRuns = new ArrayList<>();
  private long nanos;
  private int firstCheckpoints;

  WarehouseLedgerTest(@TempDir Path directory) {
    this.directory = directory;
    this.warehouse = Warehouse.openOrCreate(directory.toString(), new Configuration(false));
  }

  @Test
  void save_ofASolutionBeforeTheFirstCheckpoint_waitsForOthersAndLeavesNoFile() throws IOException {
    try (WarehouseLedger ledger = ledger(0, 1000)) {
      ledger.save(List.of(row(0, 100, 99L)));
    }
    assertThat(shortRuns)
        .singleElement()
        .satisfies(entry -> assertThat(entry.row()).isEqualTo(row(0, 100, 99L)));
    assertThat(firstCheckpoints).isZero();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsOnly("_golden_nonce");
    }
  }

  @Test
  void save_withoutASolution_isResumedAlsoIfItWasShort() {
    try (WarehouseLedger ledger = ledger(0, 1000)) {
      ledger.save(List.of(row(0, 100, null)));
    }
    assertThat(shortRuns).isEmpty();
    assertThat(firstCheckpoints).isEqualTo(1);
    try (WarehouseLedger again = ledger(0, 1000)) {
      again.resume(false);
      assertThat(again.earlier()).containsExactly(row(0, 100, null));
    }
  }

  @Test
  void save_afterACheckpointInterval_takesTheLeaseAndItsOwnFile() {
    try (WarehouseLedger ledger = ledger(0, 1000)) {
      nanos += INTERVAL.toNanos();
      ledger.save(List.of(row(0, 100, null)));
      assertThat(firstCheckpoints).isEqualTo(1);
      assertThat(warehouse.running()).extracting(RunningSearch::searchId).containsExactly(id());
      ledger.save(List.of(row(0, 200, 150L)));
      assertThat(new RangeTable(warehouse).rows(id())).containsExactly(row(0, 200, 150L));
    }
    assertThat(firstCheckpoints).isEqualTo(1);
    assertThat(warehouse.running()).isEmpty();
  }

  @Test
  void save_whileAnotherHoldsTheLease_stopsTheSearchAndSavesNothing() {
    try (WarehouseLedger first = ledger(0, 1000);
        WarehouseLedger second = ledger(0, 1000)) {
      first.resume(false);
      nanos += INTERVAL.toNanos();
      assertThat(second.lost().reason()).isEmpty();
      second.save(List.of(row(0, 100, null)));
      assertThat(second.lost().reason()).contains(StopReason.OUTDATED);
      second.save(List.of(row(0, 200, null)));
      assertThat(new RangeTable(warehouse).rows(id())).isEmpty();
    }
  }

  @Test
  void resume_whileAnotherHoldsTheLease_saysWho() {
    try (WarehouseLedger first = ledger(0, 1000);
        WarehouseLedger second = ledger(0, 1000)) {
      first.resume(false);
      assertThatThrownBy(() -> second.resume(false))
          .isInstanceOf(SearchTakenException.class)
          .hasMessageStartingWith(
              "this search is being run by process " + ProcessHandle.current().pid() + " on ");
    }
  }

  @Test
  void resume_freshOnOneShard_forgetsNoOther() {
    try (WarehouseLedger shard = ledger(0, 1000)) {
      shard.resume(false);
      shard.save(List.of(row(0, 1000, null)));
    }
    try (WarehouseLedger other = ledger(1000, 2000)) {
      other.resume(false);
      other.save(List.of(row(1000, 1500, null)));
    }
    try (WarehouseLedger fresh = ledger(1000, 2000)) {
      fresh.resume(true);
      assertThat(fresh.earlier()).isEmpty();
    }
    assertThat(new RangeTable(warehouse).rows(id())).containsExactly(row(0, 1000, null));
  }

  private WarehouseLedger ledger(long from, long to) {
    return new WarehouseLedger(
        () -> warehouse,
        spec(from, to),
        new WarehouseLedger.Settings(
            INTERVAL, Optional.of(shortRuns::addAll), () -> firstCheckpoints++, () -> nanos));
  }

  private static String id() {
    return spec(0, 1).id();
  }

  private static SearchSpec spec(long from, long to) {
    return new SearchSpec(
        new HeaderTemplate(Blocks.block(null, "any", Blocks.EASY, NOON).header(), 1),
        Target.ofZeroBits(60),
        new NonceRange(from, to),
        ResultMode.ANY);
  }

  private static LedgerRow row(long from, long to, @Nullable Long solution) {
    return new LedgerRow(
        new NonceRange(from, to),
        null,
        solution,
        Shares.NONE,
        "host",
        "1",
        "scalar",
        null,
        NOON,
        NOON);
  }
}
