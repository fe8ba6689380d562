package io.goldennonce.search.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.kernel.KernelDevice;
import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import io.goldennonce.search.LowestHash;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.Shares;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
  private static final int SIZE = 500;

  @Test
  void hashes_ofAnAttemptThatReportsManyTimes_areItsLastCount() {
    Ledger ledger = new Ledger();
    assertThat(ledger.accept(report(0, 100, 7, 30, false), NOW)).isEqualTo(30);
    assertThat(ledger.accept(report(0, 100, 7, 30, false), NOW)).isZero();
    assertThat(ledger.accept(report(0, 100, 7, 20, false), NOW)).isZero();
    assertThat(ledger.accept(report(0, 100, 7, 100, true), NOW)).isEqualTo(70);
    assertThat(ledger.accept(report(0, 100, 7, 100, true), NOW)).isZero();
    assertThat(ledger.hashes()).isEqualTo(100);
    assertThat(ledger.unreported()).isZero();
  }

  @Test
  void hashes_ofARangeThatWasTriedTwice_countBothAndCoverOnce() {
    Ledger ledger = new Ledger();
    ledger.accept(report(0, 100, 1, 60, true), NOW);
    ledger.accept(report(0, 100, 2, 100, true), NOW);
    assertThat(ledger.hashes()).isEqualTo(160);
    assertThat(ledger.rows()).extracting(LedgerRow::range).containsExactly(new NonceRange(0, 100));
  }

  @Test
  void unreported_ofAnUnfinishedAttempt_isWhatItMayHaveDone() {
    Ledger ledger = new Ledger();
    ledger.accept(report(0, 100, 1, 60, false), NOW);
    ledger.accept(report(100, 200, 2, 200, true), NOW);
    assertThat(ledger.hashes()).isEqualTo(160);
    assertThat(ledger.unreported()).isEqualTo(40);
  }

  @Test
  void lowestHash_ofAllRows_isTheLowestAndItsPosition() {
    Ledger ledger = new Ledger();
    assertThat(ledger.lowestHash()).isEmpty();
    for (int end = 10; end <= 90; end += 10) {
      ledger.accept(report(end - 10, end, end, end, true, end % 20 == 0 ? "a" : "b", false), NOW);
    }
    // Read from its last byte on, SHA-256 of the byte 50 begins with 35, lower than the others'.
    assertThat(ledger.lowestHash()).contains(new LowestHash(Hash256.sha256(new byte[] {50}), 49));
  }

  @Test
  void rows_ofOneExecutorSideBySide_areOne_ofTwoAreTwo() {
    Ledger ledger = new Ledger();
    ledger.accept(report(0, 10, 1, 10, true, "a", false), NOW);
    ledger.accept(report(20, 30, 2, 30, true, "a", false), NOW);
    ledger.accept(report(10, 20, 3, 20, true, "a", false), NOW);
    ledger.accept(report(30, 40, 4, 40, true, "b", false), NOW);
    assertThat(ledger.rows())
        .extracting(LedgerRow::range)
        .containsExactly(new NonceRange(0, 30), new NonceRange(30, 40));
  }

  @Test
  void rows_ofVeryManyExecutors_stayFewAndCoverTheSame() {
    Ledger ledger = new Ledger();
    int ranges = 5 * LedgerRows.MAX_ROWS;
    for (int i = 0; i < ranges; i++) {
      ledger.accept(report(10L * i, 10L * i + 10, i, 10L * i + 10, true, "e" + i, false), NOW);
    }
    assertThat(ledger.rows()).hasSizeLessThanOrEqualTo(LedgerRows.MAX_ROWS);
    assertThat(ledger.missing(new NonceRange(0, 10L * ranges))).isEmpty();
    assertThat(ledger.rows().get(0).executor()).isEqualTo(LedgerRow.SEVERAL);
  }

  @Test
  void invalidate_aRange_leavesOnlyWhatLiesOutsideIt() {
    Ledger ledger = new Ledger();
    ledger.accept(report(0, 100, 1, 100, true), NOW);
    ledger.invalidate(new NonceRange(30, 40));
    assertThat(ledger.missing(new NonceRange(0, 100))).containsExactly(new NonceRange(30, 40));
    assertThat(ledger.hashes()).isEqualTo(100);
    ledger.accept(report(30, 40, 2, 40, true), NOW);
    assertThat(ledger.missing(new NonceRange(0, 100))).isEmpty();
  }

  @Test
  void solutions_ofSeveral_areAscending() {
    Ledger ledger = new Ledger();
    ledger.accept(report(50, 100, 1, 80, true, "a", true), NOW);
    ledger.accept(report(0, 50, 2, 20, true, "b", true), NOW);
    assertThat(ledger.solutions(new NonceRange(0, 100))).containsExactly(19L, 79L);
  }

  @Test
  void solutions_belowTheKeyspace_isNoneOfIt() {
    Ledger ledger = new Ledger();
    ledger.accept(report(0, 50, 2, 20, true, "b", true), NOW);
    assertThat(ledger.solutions(new NonceRange(20, 100))).isEmpty();
    assertThat(ledger.solutions(new NonceRange(0, 19))).isEmpty();
  }

  @Test
  void solutions_aboveAnotherOfTheSameExecutor_isKept() {
    Ledger ledger = new Ledger();
    ledger.accept(report(20, 80, 1, 80, true, "a", true), NOW);
    ledger.accept(report(0, 50, 2, 20, true, "a", true), NOW);
    assertThat(ledger.solutions(new NonceRange(0, 100))).containsExactly(19L, 79L);
    assertThat(ledger.solutions(new NonceRange(20, 100))).containsExactly(79L);
  }

  /** Each row has room for one solution, whoever found them. */
  @Test
  void accept_severalSolutionsOfOneAttempt_keepsEach() {
    Ledger ledger = new Ledger();
    NonceRange range = new NonceRange(0, 100);
    ledger.accept(report(range, 30, List.of(10L, 29L), RangeReport.Phase.RUNNING), NOW);
    ledger.accept(report(range, 90, List.of(10L, 29L, 50L, 60L), RangeReport.Phase.DONE), NOW);
    assertThat(ledger.solutions(range)).containsExactly(10L, 29L, 50L, 60L);
    assertThat(ledger.missing(range)).containsExactly(new NonceRange(90, 100));
    assertThat(ledger.hashes()).isEqualTo(90);
    assertThat(Coverage.faults(ledger.rows(), new NonceRange(0, 90), Target.ofZeroBits(0)))
        .isEmpty();
  }

  private static RangeReport report(
      NonceRange range, long end, List<Long> solutions, RangeReport.Phase phase) {
    return new RangeReport(
        1,
        range,
        1,
        end,
        solutions,
        phase,
        1,
        new LowestHash(Hash256.sha256(new byte[0]), solutions.get(0)),
        Shares.NONE,
        "host",
        "1",
        "scalar",
        null);
  }

  /** A large cluster's ranges that run at once can't be merged, as there are gaps between them. */
  @Test
  void rows_withAGapAfterEach_areKeptInTheirPlaces() {
    Ledger ledger = new Ledger();
    int ranges = 5 * LedgerRows.MAX_ROWS;
    for (int i = 0; i < ranges; i++) {
      ledger.accept(report(10L * i, 10L * i + 9, i, 10L * i + 9, true, "e" + i, false), NOW);
    }
    assertThat(ledger.rows()).hasSize(ranges);
  }

  @Test
  void markLost_attemptsWithAndWithoutAReport_boundWhatTheyMayHaveDone() {
    Ledger ledger = new Ledger();
    ledger.accept(report(0, 100, 1, 60, false), NOW);
    ledger.accept(report(200, 300, 3, 300, true), NOW);
    ledger.markLost(1, new NonceRange(0, 100));
    ledger.markLost(2, new NonceRange(100, 200));
    ledger.markLost(3, new NonceRange(200, 300));
    assertThat(ledger.hashes()).isEqualTo(160);
    assertThat(ledger.unreported()).isEqualTo(40 + 100);
    assertThat(ledger.isRunning(1)).isFalse();
    // What an executor that was only cut off says later is within the bound already.
    assertThat(ledger.accept(report(0, 100, 1, 100, true), NOW)).isZero();
    assertThat(ledger.missing(new NonceRange(0, 300))).containsExactly(new NonceRange(60, 200));
  }

  /** The law: whatever came in whatever order, covered are the positions reported, once each. */
  @Property(tries = 300)
  void rows_ofRandomReports_areTheReportedPositionsWithoutOverlap(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int attempts) {
    Random random = new Random(seed);
    List<RangeReport> reports = new ArrayList<>();
    for (int attempt = 0; attempt < attempts; attempt++) {
      int from = random.nextInt(SIZE);
      int to = from + random.nextInt(SIZE - from + 1);
      int end = from;
      while (end < to && random.nextInt(4) > 0) {
        end += 1 + random.nextInt(to - end);
        String executor = "e" + random.nextInt(3);
        reports.add(report(from, to, attempt, end, random.nextInt(5) == 0, executor, false));
      }
    }
    Ledger ledger = new Ledger();
    BitSet expected = new BitSet();
    long[] ends = new long[attempts];
    boolean[] over = new boolean[attempts];
    long hashes = 0;
    for (RangeReport report : reports) {
      int attempt = (int) report.attempt();
      ledger.accept(report, NOW);
      if (random.nextBoolean()) {
        ledger.accept(report, NOW);
      }
      if (!over[attempt]) {
        hashes += report.end() - Math.max(ends[attempt], report.range().from());
        ends[attempt] = report.end();
        over[attempt] = report.isLast();
        expected.set((int) report.range().from(), (int) report.end());
      }
    }
    BitSet covered = new BitSet();
    for (LedgerRow row : ledger.rows()) {
      int from = (int) row.range().from();
      int to = (int) row.range().to();
      assertThat(covered.get(from, to).isEmpty()).isTrue();
      covered.set(from, to);
    }
    assertThat(covered).isEqualTo(expected);
    assertThat(ledger.hashes()).isEqualTo(hashes);
    BitSet missing = new BitSet();
    ledger
        .missing(new NonceRange(0, SIZE))
        .forEach(range -> missing.set((int) range.from(), (int) range.to()));
    expected.flip(0, SIZE);
    assertThat(missing).isEqualTo(expected);
  }

  private static RangeReport report(long from, long to, long attempt, long end, boolean last) {
    return report(from, to, attempt, end, last, "1", false);
  }

  private static RangeReport report(
      long from, long to, long attempt, long end, boolean last, String executor, boolean hit) {
    return new RangeReport(
        attempt,
        new NonceRange(from, to),
        attempt,
        end,
        hit ? List.of(end - 1) : List.of(),
        last ? RangeReport.Phase.DONE : RangeReport.Phase.RUNNING,
        1,
        new LowestHash(Hash256.sha256(new byte[] {(byte) end}), end - 1),
        Shares.NONE,
        "host",
        executor,
        "scalar",
        null);
  }

  @Test
  void rows_ofADeviceAndOfItsProcessor_areApartUntilThereAreTooMany() {
    Ledger ledger = new Ledger();
    KernelDevice gpu = new KernelDevice("cuda:0", "NVIDIA L4", false);
    KernelDevice lost = new KernelDevice("cuda:0", "NVIDIA L4", true);
    ledger.accept(on(gpu, 1, 0, 10), NOW);
    ledger.accept(on(gpu, 2, 10, 20), NOW);
    ledger.accept(on(lost, 3, 20, 30), NOW);
    ledger.accept(on(null, 4, 30, 40), NOW);
    assertThat(ledger.rows())
        .extracting(row -> row.range() + " " + row.device())
        .containsExactly(new NonceRange(0, 20) + " NVIDIA L4", new NonceRange(20, 40) + " null");
    assertThat(ledger.rows().get(0).mergedWith(ledger.rows().get(1)).device()).isEqualTo("several");
  }

  private static RangeReport on(@Nullable KernelDevice device, long attempt, long from, long to) {
    RangeReport any = report(from, to, attempt, to, true);
    return new RangeReport(
        any.assignment(),
        any.range(),
        any.attempt(),
        any.end(),
        any.solutions(),
        any.phase(),
        any.nanos(),
        any.best(),
        any.shares(),
        any.host(),
        any.executor(),
        "any",
        device);
  }

  @Test
  void timeOf_rowsSideBySideAndLater_countsNoMomentTwice() {
    Instant noon = Instant.parse("2024-05-06T12:00:00Z");
    assertThat(
            LedgerRow.timeOf(
                List.of(
                    timed(noon.plusSeconds(100), noon.plusSeconds(107)),
                    timed(noon, noon.plusSeconds(10)),
                    timed(noon.plusSeconds(2), noon.plusSeconds(4)),
                    timed(noon.plusSeconds(9), noon.plusSeconds(12)))))
        .isEqualTo(Duration.ofSeconds(19));
    assertThat(LedgerRow.timeOf(List.of())).isZero();
  }

  private static LedgerRow timed(Instant from, Instant to) {
    return new LedgerRow(
        new NonceRange(0, 1), null, null, Shares.NONE, "host", "1", "scalar", null, from, to);
  }

  @Test
  void rows_merged_keepTheUnionOfTheirShares() {
    Ledger ledger = new Ledger();
    ledger.accept(withShares(1, 0, 100, 22, List.of(3L, 99L)), Instant.EPOCH);
    ledger.accept(withShares(2, 100, 200, 22, List.of(100L)), Instant.EPOCH);
    assertThat(ledger.rows()).hasSize(1);
    assertThat(ledger.rows().get(0).shares()).isEqualTo(Shares.of(22, List.of(3L, 99L, 100L)));
  }

  @Test
  void invalidate_partOfARow_dropsItsSharesOnly() {
    Ledger ledger = new Ledger();
    ledger.accept(withShares(1, 0, 100, 22, List.of(3L, 50L, 99L)), Instant.EPOCH);
    ledger.invalidate(new NonceRange(40, 60));
    assertThat(ledger.rows().stream().map(row -> row.shares().positions().boxed().toList()))
        .containsExactly(List.of(3L), List.of(99L));
  }

  @Test
  void accept_reportOfAHarderShareTarget_makesThatOfAllRowsAsHard() {
    Ledger ledger = new Ledger();
    Shares easy = Shares.none(22).plus(3, 22).plus(50, 24).plus(60, 30);
    ledger.accept(withShares(1, 0, 100, easy), Instant.EPOCH);
    ledger.accept(withShares(2, 200, 300, 25, List.of(205L)), Instant.EPOCH);
    assertThat(ledger.shareBits()).isEqualTo(25);
    assertThat(ledger.rows().stream().map(LedgerRow::shares))
        .containsExactly(Shares.of(25, List.of(60L)), Shares.of(25, List.of(205L)));
  }

  /** A long search must neither fill the driver's heap nor write ever larger checkpoints. */
  @Test
  void accept_moreSharesThanAllowed_makesTheirTargetHarderAndRowsStaySmall() {
    Ledger ledger = new Ledger();
    Random random = new Random(1);
    long range = 1 << 20;
    int attempts = 2 * LedgerRows.MAX_SHARES / 256 + 10;
    for (int attempt = 0; attempt < attempts; attempt++) {
      Shares shares = Shares.none(12);
      for (int i = 0; i < 256; i++) {
        shares =
            shares.plus(
                attempt * range + i, 12 + Long.numberOfTrailingZeros(random.nextLong() | 1L << 40));
      }
      ledger.accept(
          withShares(attempt, attempt * range, (attempt + 1) * range, shares), Instant.EPOCH);
    }
    int count = ledger.rows().stream().mapToInt(row -> row.shares().size()).sum();
    assertThat(ledger.shareBits()).isEqualTo(14);
    assertThat(count).isBetween(LedgerRows.MAX_SHARES / 3, LedgerRows.MAX_SHARES);
    assertThat(ledger.rows())
        .allMatch(row -> row.shares().bits() == 14)
        .allMatch(row -> row.shares().size() <= LedgerRows.MAX_ROW_SHARES)
        .hasSizeLessThan(2 * LedgerRows.MAX_SHARES / LedgerRows.MAX_ROW_SHARES);
  }

  @Test
  void newShares_reportThatRepeatsAnEarlierOne_areThoseBeyondIt() {
    Ledger ledger = new Ledger();
    RangeReport whole = withShares(1, 0, 100, 22, List.of(3L, 50L));
    RangeReport half =
        new RangeReport(
            1,
            whole.range(),
            1,
            40,
            List.of(),
            RangeReport.Phase.RUNNING,
            1,
            null,
            Shares.of(22, List.of(3L)),
            "host",
            "1",
            "scalar",
            null);
    assertThat(ledger.newShares(half)).isEqualTo(Shares.of(22, List.of(3L)));
    ledger.accept(half, Instant.EPOCH);
    assertThat(ledger.newShares(whole)).isEqualTo(Shares.of(22, List.of(50L)));
  }

  private static RangeReport withShares(
      long attempt, long from, long to, int bits, List<Long> shares) {
    return withShares(attempt, from, to, Shares.of(bits, shares));
  }

  private static RangeReport withShares(long attempt, long from, long to, Shares shares) {
    return new RangeReport(
        attempt,
        new NonceRange(from, to),
        attempt,
        to,
        List.of(),
        RangeReport.Phase.DONE,
        1,
        null,
        shares,
        "host",
        "1",
        "scalar",
        null);
  }
}
