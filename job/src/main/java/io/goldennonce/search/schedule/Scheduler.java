package io.goldennonce.search.schedule;

import io.goldennonce.search.CoverageHistogram;
import io.goldennonce.search.Ledger;
import io.goldennonce.search.LedgerRow;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes all decisions of one run of a search: which ranges to submit, when a task ends early, what
 * a report changes, which executors to trust, and when the search is over. It has no dependency on
 * Spark, files or clocks. The caller submits the waves that {@link #nextWave} returns, and passes
 * on every report, every task that ends, and every wave whose job ends.
 *
 * <p>At any moment each position that is wanted is tried, in flight, or left to allocate. So
 * whatever is lost, duplicated, late or invalidated, a search that ends has tried every position.
 * Not thread-safe.
 */
public final class Scheduler {
  /** Number of times that positions may be lost with their wave before the search fails. */
  static final int MAX_LOSSES = 3;

  private final SearchSpec spec;
  private final TriedRanges tried;
  private final Ledger ledger;
  private final Allocation allocation;
  private final ExecutorTrust trust = new ExecutorTrust();
  private final ExecutorTally executors = new ExecutorTally();
  private final Map<String, Integer> rangesByKernel = new TreeMap<>();
  private final List<Integer> obsolete = new ArrayList<>();
  private final LowestSoFar lowest;
  private final Solutions solutions;

  /**
   * How ranges are sized.
   *
   * @param rangeTime the time a task should take
   * @param firstRange positions in a range while no rate is known, at least 1
   * @param reportInterval scan time of a task between reports
   * @param eventsPerSecond maximum number of task ends, and of reports, that the driver should
   *     receive per second; ranges and report intervals grow to stay below it
   */
  public record Settings(
      Duration rangeTime, long firstRange, Duration reportInterval, int eventsPerSecond) {}

  /**
   * @param earlier rows of earlier runs of the search; may overlap
   */
  public Scheduler(SearchSpec spec, Settings settings, Collection<LedgerRow> earlier) {
    this.spec = spec;
    this.tried = new TriedRanges(spec.keyspace(), earlier);
    this.ledger = tried.current();
    this.allocation = new Allocation(settings, tried.missing(spec.keyspace()));
    this.lowest = new LowestSoFar(spec, tried.earlier().lowestHash());
    this.solutions = new Solutions(spec);
    // Solutions of earlier runs, which may not have been delivered.
    tried.earlier().solutions(spec.keyspace()).forEach(this::takeHit);
  }

  // --- what to do ---

  /**
   * Returns the next wave to submit; empty while enough ranges are in flight. Call it until it
   * returns empty.
   *
   * @param slots number of tasks that can run concurrently, at least 1
   */
  public Optional<Wave> nextWave(int slots) {
    return allocation.next(slots);
  }

  /** Returns the waves made obsolete by solutions below them, each once. */
  public List<Integer> takeObsoleteWaves() {
    List<Integer> taken = List.copyOf(obsolete);
    obsolete.clear();
    return taken;
  }

  public boolean isDecided() {
    return (solutions.areEnough() && spec.mode() == ResultMode.ANY) || isAllDone();
  }

  /** Whether every wanted position is tried. */
  public boolean isAllDone() {
    return allocation.isAllDone();
  }

  // --- what has happened ---

  /**
   * Processes a report. Reports may be lost, duplicated and late; those after an attempt's last are
   * ignored.
   *
   * @param now the driver's time
   * @return the fault, if the report shows that its executor computed a wrong hash
   */
  public Optional<ExecutorFault> accept(RangeReport report, Instant now) {
    if (ledger.hasEnded(report.attempt())) {
      return Optional.empty();
    }
    if (report.phase() == RangeReport.Phase.FAULTY) {
      return Optional.of(fault(report, now));
    }
    // All are checked; known ones were confirmed before.
    boolean areSolutions =
        report.solutions().stream().map(this::takeHit).reduce(true, Boolean::logicalAnd);
    if (!areSolutions || !areShares(report)) {
      // Its last report repeats this and includes all of its work.
      return report.isLast() ? Optional.of(fault(report, now)) : Optional.empty();
    }
    lowest.accept(report.best());
    executors.add(report.work(ledger.accept(report, now), 0));
    if (report.isLast()) {
      ended(report);
    }
    return Optional.empty();
  }

  /** Verifies the shares that an attempt has not reported before. */
  private boolean areShares(RangeReport report) {
    int bits = report.shares().bits();
    return bits >= Allocation.LEAST_SHARE_BITS
        && bits <= allocation.mostShareBits()
        && ledger.newShares(report).areTrue(spec);
  }

  private void ended(RangeReport report) {
    boolean wasOut =
        report.phase() == RangeReport.Phase.DONE
            && allocation.done(report.assignment(), report.range());
    rangesByKernel.merge(report.kernel(), 1, Integer::sum);
    if (trust.isSuspect(report.attempt(), report.executor())) {
      invalidate(report.range());
    } else {
      trust.tried(report.executor(), new NonceRange(report.range().from(), report.end()));
      if (wasOut) {
        allocateMissing(report.range(), 0);
        allocation.measured(report);
      }
    }
  }

  /**
   * Records that a task has ended. All of its reports were accepted before, so if its last one is
   * missing, it never comes; the task may even have been lost before its first one.
   *
   * @param executorLost whether it ended because its executor was lost
   */
  public void taskEnded(int wave, int index, long attempt, boolean executorLost) {
    if (!executorLost && !ledger.isRunning(attempt)) {
      return;
    }
    allocation
        .assignment(wave, index)
        .flatMap(given -> ledger.markLost(attempt, given.range()))
        .ifPresent(
            last -> {
              // While the range is in flight, Spark retries it.
              if (trust.isSuspect(attempt, last.executor())) {
                invalidate(last.range());
              } else if (executorLost) {
                trust.lost(last.executor());
              } else {
                trust.tried(last.executor(), new NonceRange(last.range().from(), last.end()));
              }
            });
  }

  /** Records that a wave's job has succeeded. Its tasks' last reports may still arrive. */
  public void waveEnded(int wave) {
    allocation.ended(wave);
  }

  /**
   * Records that a wave's job has failed. What it has not done is allocated again.
   *
   * @return whether the search can continue: not if the same positions were lost too often
   */
  public boolean waveLost(int wave) {
    List<Assignment> lost = allocation.lost(wave);
    lost.forEach(each -> allocateMissing(each.range(), each.losses()));
    return lost.stream().noneMatch(each -> each.losses() > MAX_LOSSES);
  }

  /** Records that an executor is being removed. What it still reports is done again by others. */
  public void executorGivenUp(String executor) {
    trust.giveUp(executor);
  }

  /** Verifies a proposed solution; returns whether it is one. */
  private boolean takeHit(long position) {
    boolean isOne = solutions.propose(position);
    solutions.last().ifPresent(last -> obsolete.addAll(allocation.dropAbove(last)));
    return isOne;
  }

  private ExecutorFault fault(RangeReport report, Instant now) {
    executors.add(report.work(ledger.accept(report, now), 1));
    allocation.done(report.assignment(), report.range());
    ExecutorFault fault = trust.fault(report);
    String executor = report.executor();
    trust.invalidate(executor, ledger.running(executor)).forEach(this::invalidate);
    invalidate(report.range());
    return fault;
  }

  /** Invalidates a range and allocates it again. */
  private void invalidate(NonceRange range) {
    ledger.invalidate(range);
    allocateMissing(range, 0);
  }

  private void allocateMissing(NonceRange range, int losses) {
    tried.missing(range).forEach(missing -> allocation.reallocate(missing, losses));
  }

  // --- what is known ---

  /** Returns the solutions found so far, ascending. */
  public List<Solution> solutions() {
    return solutions.known();
  }

  /** Whether as many solutions are found as requested. */
  public boolean hasEnough() {
    return solutions.areEnough();
  }

  /** Returns the solutions that have become final since the last call. */
  public List<Solution> takeSolutions() {
    return solutions.takeNews(isDecided());
  }

  /** Returns the lowest hash so far, in a search for the lowest hash. */
  public Optional<Solution> lowest() {
    return lowest.found();
  }

  /** Returns the lowest hash if it was not returned before, in a search for the lowest hash. */
  public Optional<Solution> takeImprovement() {
    return lowest.improvement();
  }

  /** Returns the rows of this run, ascending and disjoint. */
  public List<LedgerRow> rows() {
    return ledger.rows();
  }

  /** Returns what supports the rows of this run. */
  public SearchResult.Evidence evidence() {
    return new SearchResult.Evidence(ledger.shareBits(), Optional.empty());
  }

  public SearchResult.Work work() {
    return tried.work();
  }

  /**
   * Returns the progress of the run.
   *
   * @param recentRate hashes per second over the last few seconds
   */
  public SearchProgress progress(Duration elapsed, double recentRate, int slots) {
    return new SearchProgress(
        ledger.hashes(),
        tried.resumed(),
        tried.resumedTime(),
        elapsed,
        recentRate,
        lowest.probability(),
        slots,
        executors.work(),
        allocation.count(),
        allocation.outstanding(),
        this::coverage);
  }

  private CoverageHistogram coverage() {
    return CoverageHistogram.of(
        spec.keyspace(), allocation.reached(), tried.all(), allocation.inFlight());
  }

  /** Returns the name of the kernel that scanned the most ranges; empty if none was scanned. */
  public Optional<String> mostUsedKernel() {
    return rangesByKernel.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }
}
