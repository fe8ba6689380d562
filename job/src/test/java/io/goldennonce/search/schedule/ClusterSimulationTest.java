package io.goldennonce.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.Target;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Shares;
import io.goldennonce.search.Solution;
import io.goldennonce.search.ledger.Coverage;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.ledger.LedgerRows;
import io.goldennonce.search.schedule.ClusterSimulation.Defect;
import io.goldennonce.search.schedule.ClusterSimulation.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds of a large cluster whatever the time it takes; {@code ScaleSimulation} measures. */
class ClusterSimulationTest {
  private static final double RATE = 40e6;
  private static final Duration LONG = Duration.ofDays(365);

  @Test
  void search_ofSixteenThousandSlots_keepsItsLedgerSmall() {
    Setup setup = setup(1_000, 16, 1, Duration.ZERO);
    NonceRange keyspace = new NonceRange(0, Long.MAX_VALUE);
    ClusterSimulation cluster = new ClusterSimulation(setup, keyspace);
    int rows = 0;
    for (int minute = 1; minute <= 3; minute++) {
      cluster.runUntil(Duration.ofMinutes(minute));
      rows = Math.max(rows, cluster.scheduler().rows().size());
    }
    // A gap can follow each task that runs; twice as many before they are merged.
    assertThat(rows).isLessThanOrEqualTo(Math.max(LedgerRows.MAX_ROWS, 2 * setup.slots() + 1));
    assertThat(cluster.taskEnds() / cluster.now().toSeconds())
        .as("task ends a second")
        .isLessThanOrEqualTo(setup.eventsPerSecond() * 2L);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "10, 0", "1, 5", "10, 5"})
  void search_toTheEnd_coversEachPositionOnce(double slowest, int lossSeconds) {
    Setup setup = setup(40, 16, slowest, Duration.ofSeconds(lossSeconds));
    NonceRange keyspace = new NonceRange(12_345, 12_345 + (long) (60 * 640 * RATE));
    ClusterSimulation cluster = new ClusterSimulation(setup, keyspace);
    cluster.runUntil(LONG);
    Scheduler scheduler = cluster.scheduler();
    assertThat(scheduler.isAllDone()).isTrue();
    assertThat(Coverage.faults(scheduler.rows(), keyspace, Target.ofZeroBits(256))).isEmpty();
    assertThat(scheduler.rows()).hasSizeLessThanOrEqualTo(LedgerRows.MAX_ROWS);
    assertThat(cluster.hashes(OptionalInt.empty()))
        .isBetween(scheduler.work().hashes(), scheduler.work().atMost());
    if (lossSeconds == 0) {
      assertThat(scheduler.work().hashes()).isEqualTo(keyspace.size());
    }
  }

  /** An executor at a tenth of the others' speed costs them less than 5 % of their work. */
  @Test
  void search_withASlowExecutor_keepsTheOthersBusy() {
    double alone = othersShare(setup(10, 16, 1, Duration.ZERO));
    double together = othersShare(setup(10, 16, 10, Duration.ZERO));
    assertThat(together).isGreaterThan(0.95 * alone);
  }

  /** What the other executors computed in five minutes, of what they could. */
  private static double othersShare(Setup setup) {
    ClusterSimulation cluster = new ClusterSimulation(setup, new NonceRange(0, Long.MAX_VALUE));
    cluster.runUntil(Duration.ofMinutes(5));
    long others = cluster.hashes(OptionalInt.empty()) - cluster.hashes(OptionalInt.of(0));
    return others / (cluster.possibleRate(1) * cluster.now().toMillis() * 1e-3);
  }

  /** One executor with a GPU beside nine without: 160 slots, 16 of them 250 times as fast. */
  @Test
  void search_withAFastExecutor_keepsItBusyToTheEnd() {
    Setup setup = setup(10, 16, 1 / 250.0, Duration.ZERO);
    double rate = new ClusterSimulation(setup, new NonceRange(0, 1)).possibleRate(0);
    NonceRange keyspace = new NonceRange(0, (long) (600 * rate));
    ClusterSimulation cluster = new ClusterSimulation(setup, keyspace);
    cluster.runUntil(LONG);
    assertThat(cluster.scheduler().isAllDone()).isTrue();
    assertThat(cluster.scheduler().work().hashes()).isEqualTo(keyspace.size());
    assertThat(cluster.now().toMillis() / 600e3).as("of the ideal time").isLessThan(1.03);
  }

  /** The driver's memory does not grow with the ranges; {@code ScaleSimulation} runs for hours. */
  @Test
  void search_ofManyRangesAndLosses_takesBoundedMemory() {
    Setup setup =
        new Setup(
            100,
            16,
            RATE,
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            2_000,
            Duration.ofMillis(5),
            Duration.ofSeconds(6),
            0);
    ClusterSimulation cluster = new ClusterSimulation(setup, new NonceRange(0, Long.MAX_VALUE));
    int rounds = 0;
    while (cluster.taskEnds() < 200_000) {
      rounds++;
      cluster.runUntil(Duration.ofSeconds(10 * rounds));
      assertThat(cluster.scheduler().rows())
          .hasSizeLessThanOrEqualTo(Math.max(LedgerRows.MAX_ROWS, 2 * setup.slots() + 1));
    }
    assertThat(cluster.hashes(OptionalInt.empty()))
        .isBetween(cluster.scheduler().work().hashes(), cluster.scheduler().work().atMost());
  }

  /** The law of every search, whatever breaks: at its end each position is tried, once in a row. */
  @StatisticsReport(StatisticsReportMode.OFF)
  @Property(tries = 150)
  void search_ofAnyClusterToTheEnd_triesEachPosition(
      @ForAll @IntRange(min = 1, max = 6) int executors,
      @ForAll @IntRange(min = 1, max = 4) int cores,
      @ForAll Defect defect,
      @ForAll boolean losses,
      @ForAll boolean speculation,
      @ForAll long seed) {
    Random random = new Random(seed);
    Setup setup = small(executors, cores, random, losses);
    NonceRange keyspace = new NonceRange(random.nextInt(1000), 1_000 + random.nextLong(2_000_000));
    List<LedgerRow> tried = someOf(keyspace, random);
    long firstRange = 1 + random.nextInt(100_000);
    ClusterSimulation cluster =
        new ClusterSimulation(
                setup, spec(Target.ofZeroBits(256), keyspace), tried, firstRange, seed)
            .with(defect);
    if (speculation) {
      cluster.withSpeculation();
    }
    cluster.runUntil(LONG);
    Scheduler scheduler = cluster.scheduler();
    mostly(!cluster.failed());
    if (cluster.failed()) {
      assertThat(cluster.lostWaves()).isGreaterThan(Scheduler.MAX_LOSSES);
      return;
    }
    assertThat(scheduler.isAllDone()).isTrue();
    List<LedgerRow> all = new ArrayList<>(scheduler.rows());
    assertThat(Coverage.faults(all, new NonceRange(0, 0), Target.ofZeroBits(256)))
        .as("twice in this run")
        .isEmpty();
    all.addAll(tried);
    assertThat(Coverage.faults(all, keyspace, Target.ofZeroBits(256)))
        .noneMatch(fault -> fault.rule().equals("no gap"));
    long left = keyspace.size() - scheduler.work().resumed();
    assertThat(scheduler.work().atMost()).isGreaterThanOrEqualTo(left);
    if (defect == Defect.NONE && !losses && !speculation) {
      assertThat(scheduler.work().hashes()).as("each position once").isEqualTo(left);
      assertThat(scheduler.work().isExact()).isTrue();
    }
    if (!cluster.givenUp().isEmpty()) {
      String liar = (executors - 1) + ".0";
      assertThat(scheduler.rows()).extracting(LedgerRow::executor).doesNotContain(liar);
    }
  }

  /**
   * The lowest solutions are found on any cluster, also where a machine that missed them was
   * caught.
   */
  @StatisticsReport(StatisticsReportMode.OFF)
  @Property(tries = 200)
  void search_forTheLowest_findsTheLowest(
      @ForAll @IntRange(min = 1, max = 15) int wanted,
      @ForAll @IntRange(min = 1, max = 5) int executors,
      @ForAll @IntRange(min = 1, max = 4) int cores,
      @ForAll Defect defect,
      @ForAll boolean losses,
      @ForAll long seed) {
    Random random = new Random(seed);
    NonceRange keyspace = new NonceRange(0, 8_000);
    ClusterSimulation cluster =
        new ClusterSimulation(
                small(executors, cores, random, losses),
                spec(EASY, keyspace).withSolutions(wanted),
                List.of(),
                1 + random.nextInt(500),
                seed)
            .withSolutions(SOLUTIONS)
            .with(defect);
    cluster.runUntil(LONG);
    boolean sound = defect != Defect.WRONG_HASHES || !cluster.givenUp().isEmpty();
    mostly(sound && !cluster.failed());
    if (sound && !cluster.failed()) {
      assertThat(cluster.scheduler().isAllDone()).isTrue();
      List<Solution> lowest = cluster.scheduler().solutions();
      assertThat(lowest)
          .extracting(Solution::position)
          .isEqualTo(SOLUTIONS.subList(0, Math.min(wanted, SOLUTIONS.size())));
      assertThat(cluster.told()).isEqualTo(lowest);
      assertThat(cluster.scheduler().hasEnough()).isEqualTo(wanted <= SOLUTIONS.size());
    }
  }

  /** Whichever come first: as many as are wanted, each told once and kept in the ledger. */
  @StatisticsReport(StatisticsReportMode.OFF)
  @Property(tries = 200)
  void search_forSeveral_tellsEachOnce(
      @ForAll @IntRange(min = 1, max = 15) int wanted,
      @ForAll @IntRange(min = 1, max = 5) int executors,
      @ForAll boolean losses,
      @ForAll boolean resumes,
      @ForAll long seed) {
    Random random = new Random(seed);
    SearchSpec spec =
        new SearchSpec(
            new ClusterSimulation.Nonces(), EASY, new NonceRange(0, 8_000), ResultMode.ANY, wanted);
    ClusterSimulation earlier = several(spec.withSolutions(1), List.of(), executors, losses, seed);
    List<LedgerRow> tried = resumes ? earlier.scheduler().rows() : List.of();
    ClusterSimulation cluster = several(spec, tried, 1 + random.nextInt(5), losses, seed + 1);
    mostly(!earlier.failed() && !cluster.failed());
    if (earlier.failed() || cluster.failed()) {
      return;
    }
    List<Long> told = cluster.told().stream().map(Solution::position).toList();
    assertThat(told)
        .doesNotHaveDuplicates()
        .hasSize(Math.min(wanted, SOLUTIONS.size()))
        .isSubsetOf(SOLUTIONS)
        .containsExactlyInAnyOrderElementsOf(
            cluster.scheduler().solutions().stream().map(Solution::position).toList());
    List<LedgerRow> rows = new ArrayList<>(tried);
    rows.addAll(cluster.scheduler().rows());
    assertThat(rows.stream().map(LedgerRow::solution).filter(Objects::nonNull).toList())
        .containsAll(told);
    assertThat(Coverage.faults(rows, new NonceRange(0, 0), EASY))
        .noneMatch(fault -> fault.rule().equals("every solution is reported"));
    if (wanted > SOLUTIONS.size()) {
      assertThat(cluster.scheduler().isAllDone()).as("all are only known at the end").isTrue();
    }
  }

  /** A law says something of most cases. */
  private static void mostly(boolean applies) {
    Statistics.collect(applies);
    Statistics.coverage(cases -> cases.check(true).percentage(share -> share > 50));
  }

  private static ClusterSimulation several(
      SearchSpec spec, List<LedgerRow> tried, int executors, boolean losses, long seed) {
    Random random = new Random(seed);
    ClusterSimulation cluster =
        new ClusterSimulation(
                small(executors, 1 + random.nextInt(4), random, losses),
                spec,
                tried,
                1 + random.nextInt(3_000),
                seed)
            .withSolutions(SOLUTIONS);
    cluster.runUntil(LONG);
    return cluster;
  }

  /** One machine whose JVM dies at each task, among others that are well, ends no search. */
  @Test
  void search_withAMachineThatKillsItsJvms_goesOn() {
    for (long seed = 1; seed <= 5; seed++) {
      NonceRange keyspace = new NonceRange(0, (long) (600 * 3 * RATE));
      ClusterSimulation cluster =
          new ClusterSimulation(
                  setup(3, 1, 1, Duration.ZERO),
                  spec(Target.ofZeroBits(256), keyspace),
                  List.of(),
                  262_144,
                  seed)
              .with(Defect.DYING_JVM);
      cluster.runUntil(LONG);
      assertThat(cluster.failed()).isFalse();
      assertThat(Coverage.faults(cluster.scheduler().rows(), keyspace, Target.ofZeroBits(256)))
          .isEmpty();
      assertThat(cluster.scheduler().work().isExact()).as("JVMs died").isFalse();
    }
  }

  private static final Target EASY = Target.ofZeroBits(10);

  /** By {@code MessageDigest}, all of a small keyspace. */
  private static final List<Long> SOLUTIONS =
      LongStream.range(0, 8_000)
          .filter(
              position ->
                  Solution.confirm(spec(EASY, new NonceRange(0, 8_000)), position).isPresent())
          .boxed()
          .toList();

  private static SearchSpec spec(Target target, NonceRange keyspace) {
    return new SearchSpec(
        new ClusterSimulation.Nonces(), target, keyspace, ResultMode.LOWEST_NONCE);
  }

  private static Setup small(int executors, int cores, Random random, boolean losses) {
    double[] slowness = {0.01, 0.5, 1, 10, 100};
    return new Setup(
        executors,
        cores,
        500 + random.nextInt(50_000),
        slowness[random.nextInt(slowness.length)],
        Duration.ofMillis(1 + random.nextInt(5_000)),
        Duration.ofMillis(1 + random.nextInt(1_000)),
        1 + random.nextInt(1_000),
        Duration.ofMillis(random.nextInt(20)),
        losses ? Duration.ofMillis(3_000 + random.nextInt(20_000)) : Duration.ZERO,
        random.nextInt(3) == 0 ? 0.005 : random.nextInt(3) / 2.0);
  }

  /** What an earlier run may have tried. */
  private static List<LedgerRow> someOf(NonceRange keyspace, Random random) {
    List<LedgerRow> rows = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      long from = keyspace.from() + random.nextLong(keyspace.size());
      NonceRange range = new NonceRange(from, from + random.nextLong(keyspace.to() - from));
      if (!range.isEmpty()) {
        Instant now = Instant.EPOCH;
        rows.add(
            new LedgerRow(range, null, null, Shares.NONE, "host", "1", "scalar", null, now, now));
      }
    }
    return rows;
  }

  private static Setup setup(int executors, int cores, double slowest, Duration lossEvery) {
    return new Setup(
        executors,
        cores,
        RATE,
        slowest,
        Duration.ofSeconds(1),
        Duration.ofMillis(250),
        500,
        Duration.ofMillis(5),
        lossEvery,
        0);
  }
}
