package io.goldennonce.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.Target;
import io.goldennonce.search.HashCheck;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Shares;
import io.goldennonce.search.Solution;
import io.goldennonce.search.ledger.Coverage;
import io.goldennonce.search.ledger.LedgerRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
  private static final int SLOTS = 4;
  private static final long NANOS = 50_000_000;
  private static final Target UNREACHABLE = Target.ofZeroBits(256);
  private static final NonceRange KEYSPACE = new NonceRange(0, 10_000);
  private static final SchedulerSettings SETTINGS =
      new SchedulerSettings(Duration.ofSeconds(5), 100, Duration.ofSeconds(1), 500, 0);

  private final Scheduler scheduler = scheduler(UNREACHABLE, ResultMode.ANY, KEYSPACE);
  private final Map<Long, Assignment> open = new LinkedHashMap<>();
  private long attempts;

  @Test
  void nextWave_atFirst_givesTwoWavesOfARangePerSlot() {
    List<Wave> waves = waves();
    assertThat(waves).extracting(Wave::number).containsExactly(1, 2);
    assertThat(waves)
        .allSatisfy(
            wave -> {
              assertThat(wave.assignments()).hasSize(SLOTS);
              assertThat(wave.limit()).isEqualTo(Duration.ofSeconds(10));
              assertThat(wave.reportInterval()).isEqualTo(Duration.ofSeconds(1));
            });
    assertThat(waves.get(1).lowest()).isEqualTo(400);
    assertThat(waves.get(1).assignments().get(3).range()).isEqualTo(new NonceRange(700, 800));
  }

  @Test
  void nextWave_withMoreTasksThanEvents_makesThemLonger() {
    Wave wave = scheduler.nextWave(5000).orElseThrow();
    assertThat(wave.reportInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(wave.limit()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void isAssigned_anyAssignment_isTrueOfItsTaskOnly() {
    List<Wave> waves = waves();
    Assignment given = waves.get(1).assignments().get(2);
    assertThat(scheduler.isAssigned(2, 2, given.id())).isTrue();
    assertThat(scheduler.isAssigned(2, 1, given.id())).isFalse();
    assertThat(scheduler.isAssigned(1, 2, given.id())).isFalse();
    assertThat(scheduler.isAssigned(2, SLOTS, given.id())).isFalse();
    assertThat(scheduler.isAssigned(3, 2, given.id())).isFalse();
  }

  @Test
  void accept_anAttemptThatLetGo_sendsTheRestOutAgain() {
    Assignment first = waves().get(0).assignments().get(0);
    done(first, 30, "slow");
    assertThat(scheduler.rows()).extracting(LedgerRow::range).contains(new NonceRange(0, 30));
    finishAll();
    assertThat(scheduler.isAllDone()).isTrue();
    assertThat(scheduler.work()).isEqualTo(new SearchResult.Work(10_000, 10_000, 0, Duration.ZERO));
  }

  /** As with spark.speculation: the second attempt knows nothing of what became of the first. */
  @Test
  void accept_aSecondAttemptAfterAFault_doesNotEndWhatWasSentOutAgain() {
    Assignment first = waves().get(0).assignments().get(0);
    long second = ++attempts;
    accept(report(first, second, 40, "sound", RangeReport.Phase.RUNNING));
    faulty(first, "liar");
    assertThat(tried(first.range())).isFalse();
    Assignment again = sentOutAgain(first);
    assertThat(again.id()).isNotEqualTo(first.id());
    accept(report(first, second, 40, "sound", RangeReport.Phase.DONE));
    assertThat(scheduler.isAllDone()).isFalse();
    done(again, again.range().to(), "sound");
    assertThat(tried(first.range())).isTrue();
  }

  /** The sound attempt was first: what the liar takes back is done once more all the same. */
  @Test
  void accept_aFaultAfterASecondAttemptIsDone_leavesNoGap() {
    Assignment first = waves().get(0).assignments().get(0);
    done(first, first.range().to(), "sound");
    faulty(first, "liar");
    finishAll();
    assertThat(scheduler.isAllDone()).isTrue();
    assertThat(tried(KEYSPACE)).isTrue();
  }

  @Test
  void accept_anExecutorThatIsCaughtTwice_losesAllThatItDid() {
    List<Assignment> given = waves().get(0).assignments();
    done(given.get(0), 100, "liar");
    done(given.get(1), 200, "sound");
    long running = ++attempts;
    accept(report(given.get(2), running, 250, "liar", RangeReport.Phase.RUNNING));
    assertThat(faulty(given.get(3), "liar").consequence())
        .isEqualTo(ExecutorFault.Consequence.REPEAT_RANGE);
    assertThat(tried(given.get(0).range())).as("once may be a cosmic ray").isTrue();
    Assignment again = sentOutAgain(given.get(3));
    assertThat(faulty(again, "liar").consequence())
        .isEqualTo(ExecutorFault.Consequence.GIVE_UP_EXECUTOR);
    assertThat(tried(given.get(0).range())).isFalse();
    assertThat(tried(given.get(1).range())).isTrue();
    // What it was at goes on, and doesn't count either.
    accept(report(given.get(2), running, 300, "liar", RangeReport.Phase.DONE));
    assertThat(tried(given.get(2).range())).isFalse();
    finishAll();
    assertThat(scheduler.isAllDone()).isTrue();
    assertThat(tried(KEYSPACE)).isTrue();
    assertThat(scheduler.rows()).extracting(LedgerRow::executor).doesNotContain("liar");
  }

  @Test
  void accept_anExecutorThatIsBeingTakenAway_countsNoMore() {
    List<Assignment> given = waves().get(0).assignments();
    faulty(given.get(1), "liar");
    scheduler.executorGivenUp("liar");
    done(given.get(0), 100, "liar");
    assertThat(tried(given.get(0).range())).isFalse();
    assertThat(sentOutAgain(given.get(0)).range().from()).isZero();
  }

  @Test
  void accept_anExecutorThatIsCaughtFourTimes_endsTheSearch() {
    Assignment given = waves().get(0).assignments().get(0);
    for (int i = 1; i <= 3; i++) {
      assertThat(faulty(given, "liar").count()).isEqualTo(i);
      given = sentOutAgain(given);
    }
    assertThat(faulty(given, "liar").consequence()).isEqualTo(ExecutorFault.Consequence.END_SEARCH);
  }

  @Test
  void waveLost_sendsOutAgainWhatItHadNotDone() {
    Wave wave = waves().get(0);
    List<Assignment> given = wave.assignments();
    done(given.get(1), 200, "a");
    long killed = ++attempts;
    accept(report(given.get(0), killed, 60, "a", RangeReport.Phase.RUNNING));
    assertThat(scheduler.waveLost(wave.number())).isTrue();
    Assignment again = sentOutAgain(given.get(0));
    assertThat(again.range().from()).isEqualTo(60);
    assertThat(again.losses()).isEqualTo(1);
    // Spark reports the end of its tasks when it has failed.
    scheduler.taskEnded(wave.number(), 0, killed, true);
    assertThat(scheduler.work().atMost()).isEqualTo(160 + 40);
  }

  @Test
  void waveLost_theSamePositionsTooOften_isTheEnd() {
    Wave wave = waves().get(0);
    for (int i = 1; i <= Scheduler.MAX_LOSSES; i++) {
      assertThat(scheduler.waveLost(wave.number())).as("loss " + i).isTrue();
      wave = waves().stream().filter(each -> each.lowest() == 0).findFirst().orElseThrow();
    }
    assertThat(scheduler.waveLost(wave.number())).isFalse();
  }

  @Test
  void waveLost_differentPositions_goesOn() {
    int losses = 0;
    for (List<Wave> waves = waves(); !waves.isEmpty(); waves = waves()) {
      losses++;
      assertThat(scheduler.waveLost(waves.get(0).number())).isTrue();
      waves().get(0).assignments().forEach(each -> done(each, each.range().to(), "a"));
    }
    assertThat(losses).isGreaterThan(Scheduler.MAX_LOSSES);
  }

  @Test
  void taskEnded_withItsExecutor_leavesTheRangeToSparksNextTry() {
    Wave wave = waves().get(0);
    Assignment given = wave.assignments().get(0);
    accept(report(given, ++attempts, 60, "a", RangeReport.Phase.RUNNING));
    scheduler.taskEnded(wave.number(), 0, attempts, true);
    assertThat(scheduler.work().atMost()).isEqualTo(100);
    done(given, 100, "b");
    assertThat(tried(given.range())).isTrue();
  }

  @Test
  void accept_aFindWhereTheLowestIsWanted_dropsOnlyWhatLiesAbove() {
    Scheduler lowest = scheduler(Target.ofZeroBits(6), ResultMode.LOWEST_NONCE, KEYSPACE);
    SearchSpec spec = spec(Target.ofZeroBits(6), ResultMode.LOWEST_NONCE, KEYSPACE);
    long solution =
        LongStream.range(100, 200)
            .filter(position -> Solution.confirm(spec, position).isPresent())
            .findFirst()
            .orElseThrow();
    List<Wave> waves = waves(lowest);
    Assignment finder = waves.get(0).assignments().get(1);
    List<ExecutorFault> fault =
        lowest.accept(hit(finder, 7, solution + 1, RangeReport.Phase.RUNNING), NOW);
    assertThat(fault).isEmpty();
    assertThat(lowest.solutions()).extracting(Solution::position).containsExactly(solution);
    assertThat(lowest.takeObsoleteWaves()).containsExactly(2);
    assertThat(lowest.takeObsoleteWaves()).isEmpty();
    assertThat(lowest.isDecided()).isFalse();
    lowest.accept(hit(finder, 7, solution + 1, RangeReport.Phase.DONE), NOW);
    Assignment below = waves.get(0).assignments().get(0);
    lowest.accept(report(below, 8, 100, "a", RangeReport.Phase.DONE), NOW);
    assertThat(lowest.isDecided()).isTrue();
    assertThat(lowest.nextWave(SLOTS)).isEmpty();
  }

  @Test
  void accept_aProposalThatIsNoSolution_isAFaultOnceItIsTheLastWord() {
    Assignment given = waves().get(0).assignments().get(0);
    assertThat(scheduler.accept(hit(given, 7, 50, RangeReport.Phase.RUNNING), NOW)).isEmpty();
    assertThat(scheduler.accept(hit(given, 7, 50, RangeReport.Phase.DONE), NOW)).isNotEmpty();
    assertThat(scheduler.accept(hit(given, 7, 50, RangeReport.Phase.DONE), NOW)).isEmpty();
    assertThat(tried(given.range())).isFalse();
  }

  /** A GPU's ranges hold 10¹⁰ positions and more. */
  @Test
  void nextWave_ofVeryFastExecutors_countsWithoutOverflow() {
    Scheduler huge = scheduler(UNREACHABLE, ResultMode.ANY, new NonceRange(0, Long.MAX_VALUE));
    long size = 0;
    for (int i = 0; i < 40; i++) {
      for (Wave wave : waves(huge)) {
        for (Assignment each : wave.assignments()) {
          size = each.range().size();
          long end = each.range().to();
          long nanos = Math.max(1, size / 20); // 2 · 10¹⁰ per second
          attempts++;
          huge.accept(
              report(each, attempts, end, false, "gpu", RangeReport.Phase.DONE, nanos), NOW);
        }
      }
    }
    assertThat(size).isEqualTo(100_000_000_000L);
    assertThat(huge.work().hashes()).isGreaterThan(10_000_000_000_000L);
    assertThat(huge.work().isExact()).isTrue();
  }

  @Test
  void accept_sharesThatAreNone_isAFaultAndTheRangeIsTriedAgain() {
    for (Shares shares :
        List.of(Shares.NONE, Shares.of(18, List.of(3L)), Shares.none(200), Shares.none(17))) {
      waves();
      Assignment given = // always the first range
          open.values().stream().filter(each -> each.range().contains(3)).findFirst().orElseThrow();
      RangeReport sound =
          report(given, ++attempts, given.range().to(), "a", RangeReport.Phase.DONE);
      RangeReport lie = with(shares, sound);
      open.remove(given.id());
      assertThat(scheduler.accept(lie, NOW)).as(shares.toString()).isNotEmpty();
      assertThat(tried(given.range())).isFalse();
      assertThat(sentOutAgain(given).range().contains(3)).isTrue();
    }
  }

  /** One report must not claim what others were given, or nobody. */
  @Test
  void accept_aReportOfOtherPositionsThanAssigned_isAFaultThatClaimsNothing() {
    for (NonceRange claimed :
        List.of(
            new NonceRange(0, 10_000), // all
            new NonceRange(0, Long.MAX_VALUE),
            new NonceRange(5_000, 5_100),
            new NonceRange(0, 99))) {
      waves();
      Assignment given =
          open.values().stream().filter(each -> each.range().contains(3)).findFirst().orElseThrow();
      RangeReport lie = report(new Assignment(given.id(), claimed, 0), ++attempts, claimed.to());
      open.remove(given.id());
      assertThat(scheduler.accept(lie, NOW)).as(claimed.toString()).hasSize(1);
      assertThat(scheduler.rows()).noneMatch(row -> row.executor().equals("a"));
      assertThat(sentOutAgain(given).range().contains(3)).isTrue();
    }
  }

  @Test
  void accept_aReportOfNoAssignment_isIgnored() {
    waves();
    RangeReport lie = report(new Assignment(1, KEYSPACE, 0), ++attempts, KEYSPACE.to());
    assertThat(scheduler.accept(lie, NOW)).isEmpty();
    assertThat(scheduler.rows()).isEmpty();
    assertThat(scheduler.work().hashes()).isZero();
  }

  /** A true solution beyond what was tried would make the row reach up to it. */
  @Test
  void accept_aSolutionBeyondTheEnd_isAFaultThatClaimsNothing() {
    Target easy = Target.ofZeroBits(6);
    SearchSpec spec = spec(easy, ResultMode.LOWEST_NONCE, KEYSPACE);
    long far =
        LongStream.range(5_000, 10_000)
            .filter(position -> Solution.confirm(spec, position).isPresent())
            .findFirst()
            .orElseThrow();
    Scheduler lowest = scheduler(easy, ResultMode.LOWEST_NONCE, KEYSPACE);
    Assignment given = waves(lowest).get(0).assignments().get(0);
    RangeReport lie = with(List.of(far), report(given, ++attempts, 10));
    assertThat(lowest.accept(lie, NOW)).hasSize(1);
    assertThat(lowest.rows()).isEmpty();
  }

  /** What it says of shares would hold for the whole ledger. */
  @Test
  void accept_aFaultyReportWithAnotherShareTarget_leavesTheSharesOfOthers() {
    List<Assignment> given = waves().get(0).assignments();
    done(given.get(0), 100, "sound");
    for (int bits : List.of(0, 18, 200)) {
      RangeReport faulty =
          report(given.get(1), ++attempts, 150, "liar" + bits, RangeReport.Phase.FAULTY);
      scheduler.accept(with(Shares.none(bits), faulty), NOW);
    }
    assertThat(scheduler.evidence().shareBits()).isEqualTo(18);
    assertThat(scheduler.rows()).extracting(LedgerRow::shares).containsOnly(Shares.none(18));
  }

  /** Else the second executor would be accused of having missed it. */
  @Test
  void accept_aLastReportThatAddsAShareToWhatWasReportedBefore_isChecked() {
    Assignment given = waves().get(0).assignments().get(0);
    accept(report(given, ++attempts, 60, "liar", RangeReport.Phase.RUNNING));
    RangeReport last = report(given, attempts, 100, "liar", RangeReport.Phase.DONE);
    assertThat(scheduler.accept(with(Shares.of(18, List.of(3L)), last), NOW)).hasSize(1);
  }

  /** A job that succeeds although one of its tasks has never reported its end. */
  @Test
  void waveEnded_withWhatWasNotDone_sendsItOutAgain() {
    Wave wave = waves().get(0);
    List<Assignment> given = wave.assignments();
    given.subList(1, SLOTS).forEach(each -> done(each, each.range().to(), "a"));
    accept(report(given.get(0), ++attempts, 40, "liar", RangeReport.Phase.STOPPED));
    scheduler.waveEnded(wave.number());
    Assignment again = sentOutAgain(given.get(0));
    assertThat(again.range()).isEqualTo(new NonceRange(40, 100));
    assertThat(again.losses()).isZero();
  }

  /** Or it would report that it has tried all but one position, fail, and never be checked. */
  @Test
  void nextWave_afterAnAttemptThatStoppedOrWasLost_auditsWhatItHasTried() {
    for (RangeReport.Phase end : List.of(RangeReport.Phase.STOPPED, RangeReport.Phase.RUNNING)) {
      Scheduler audited =
          new Scheduler(
              spec(UNREACHABLE, ResultMode.ANY, KEYSPACE),
              new SchedulerSettings(Duration.ofSeconds(5), 100, Duration.ofSeconds(1), 500, 1),
              List.of(),
              new Random(1),
              (report, shares) -> true);
      Wave wave = waves(audited).get(0);
      List<Assignment> given = wave.assignments();
      audited.accept(report(given.get(0), 1, 100, "a", RangeReport.Phase.DONE), NOW);
      audited.accept(report(given.get(1), 2, 180, "liar", end), NOW);
      audited.taskEnded(wave.number(), 1, 2, true);
      assertThat(tried(audited, new NonceRange(100, 180))).isTrue();
      audited.waveEnded(wave.number());
      assertThat(waves(audited))
          .flatExtracting(Wave::assignments)
          .extracting(Assignment::range)
          .as(end.toString())
          .contains(new NonceRange(100, 120), new NonceRange(160, 180));
    }
  }

  private static boolean tried(Scheduler scheduler, NonceRange range) {
    return Coverage.faults(scheduler.rows(), range, UNREACHABLE).isEmpty();
  }

  private static RangeReport report(Assignment given, long attempt, long end) {
    return report(given, attempt, end, "a", RangeReport.Phase.DONE);
  }

  private static RangeReport with(List<Long> solutions, RangeReport report) {
    return with(solutions, report.shares(), report);
  }

  private static RangeReport with(Shares shares, RangeReport report) {
    return with(report.solutions(), shares, report);
  }

  private static RangeReport with(List<Long> solutions, Shares shares, RangeReport report) {
    return new RangeReport(
        report.assignment(),
        report.range(),
        report.attempt(),
        report.end(),
        solutions,
        report.phase(),
        report.nanos(),
        report.best(),
        shares,
        report.host(),
        report.executor(),
        report.kernel(),
        report.device());
  }

  // --- a driver in a few lines ---

  private static SearchSpec spec(Target target, ResultMode mode, NonceRange keyspace) {
    return new SearchSpec(new ClusterSimulation.Nonces(), target, keyspace, mode);
  }

  private static Scheduler scheduler(Target target, ResultMode mode, NonceRange keyspace) {
    SearchSpec spec = spec(target, mode, keyspace);
    return new Scheduler(spec, SETTINGS, List.of(), new Random(1), HashCheck.of(spec));
  }

  private static List<Wave> waves(Scheduler scheduler) {
    List<Wave> waves = new ArrayList<>();
    for (Optional<Wave> next = scheduler.nextWave(SLOTS);
        next.isPresent();
        next = scheduler.nextWave(SLOTS)) {
      waves.add(next.get());
    }
    return waves;
  }

  /** The waves to send out now; what they hold is open until an attempt at it ends. */
  private List<Wave> waves() {
    List<Wave> waves = waves(scheduler);
    waves.forEach(wave -> wave.assignments().forEach(each -> open.put(each.id(), each)));
    return waves;
  }

  /** What takes the place of an assignment; others are finished until it is sent out. */
  private Assignment sentOutAgain(Assignment lost) {
    open.remove(lost.id());
    for (int i = 0; i < 100; i++) {
      waves();
      for (Assignment each : open.values()) {
        if (each.range().from() < lost.range().to() && each.range().to() > lost.range().from()) {
          return each;
        }
      }
      finishOne();
    }
    throw new AssertionError(lost + " is not sent out again");
  }

  private void finishOne() {
    Assignment any = open.values().iterator().next();
    done(any, any.range().to(), "sound");
  }

  private void finishAll() {
    for (waves(); !open.isEmpty(); waves()) {
      finishOne();
    }
  }

  private void done(Assignment given, long end, String executor) {
    attempts++;
    open.remove(given.id());
    accept(report(given, attempts, end, executor, RangeReport.Phase.DONE));
  }

  private ExecutorFault faulty(Assignment given, String executor) {
    attempts++;
    open.remove(given.id());
    long end = given.range().from();
    return scheduler
        .accept(report(given, attempts, end, executor, RangeReport.Phase.FAULTY), NOW)
        .get(0);
  }

  private void accept(RangeReport report) {
    if (report.isLast()) {
      open.remove(report.assignment());
    }
    assertThat(scheduler.accept(report, NOW)).isEmpty();
  }

  private boolean tried(NonceRange range) {
    return tried(scheduler, range);
  }

  /** At 20 hashes per second, so that a range of 100 takes the time aimed at. */
  private static RangeReport report(
      Assignment given, long attempt, long end, String executor, RangeReport.Phase phase) {
    return report(
        given, attempt, end, false, executor, phase, NANOS * (end - given.range().from()));
  }

  private static RangeReport hit(
      Assignment given, long attempt, long end, RangeReport.Phase phase) {
    return report(given, attempt, end, true, "a", phase, NANOS * (end - given.range().from()));
  }

  private static RangeReport report(
      Assignment given,
      long attempt,
      long end,
      boolean hit,
      String executor,
      RangeReport.Phase phase,
      long nanos) {
    return new RangeReport(
        given.id(),
        given.range(),
        attempt,
        end,
        hit ? List.of(end - 1) : List.of(),
        phase,
        nanos,
        null,
        Shares.none(18),
        "host",
        executor,
        "scalar",
        null);
  }
}
