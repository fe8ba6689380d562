package io.goldennonce.search.schedule;

import io.goldennonce.search.CoverageHistogram;
import io.goldennonce.search.HashCheck;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.search.ledger.Ledger;
import io.goldennonce.search.ledger.LedgerRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

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
  private final ReportCheck check;
  private final TriedRanges tried;
  private final Ledger ledger;
  private final Allocation allocation;
  private final Audits audits;
  private final ExecutorTrust trust;
  private final Repetitions repetitions;
  private final ExecutorTally executors = new ExecutorTally();
  private final List<Integer> obsolete = new ArrayList<>();
  private final LowestSoFar lowest;
  private final Solutions solutions;

  /**
   * @param earlier rows of earlier runs of the search; may overlap
   * @param random chooses what to audit; executors must not be able to predict it
   */
  public Scheduler(
      SearchSpec spec,
      SchedulerSettings settings,
      Collection<LedgerRow> earlier,
      RandomGenerator random,
      HashCheck hashes) {
    this.spec = spec;
    this.tried = new TriedRanges(spec.keyspace(), earlier);
    this.ledger = tried.current();
    this.allocation = new Allocation(settings, tried.missing(spec.keyspace()), random);
    this.audits = new Audits(settings.auditShare(), random);
    this.check = new ReportCheck(hashes, allocation, ledger);
    this.trust = new ExecutorTrust(audits);
    this.repetitions = new Repetitions(tried, allocation, audits, trust, executors);
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
    return allocation.next(slots, audits);
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

  /** Whether every wanted position is tried, and what was to be audited is. */
  public boolean isAllDone() {
    return allocation.isAllDone() && (audits.areDone() || hasEnough());
  }

  // --- what has happened ---

  /** Whether a wave gave an assignment to its task of an index; false if its job ended long ago. */
  public boolean isAssigned(int wave, int index, long assignment) {
    return allocation.assignment(wave, index).filter(it -> it.id() == assignment).isPresent();
  }

  /**
   * Processes a report. Reports may be lost, duplicated, late and false; those after an attempt's
   * last are ignored, as are those of what was not assigned.
   *
   * @param now the driver's time
   * @return what the report shows to be wrong with its executor, or with another one
   */
  public List<ExecutorFault> accept(RangeReport report, Instant now) {
    Optional<NonceRange> assigned = allocation.range(report.assignment());
    if (assigned.isEmpty()
        || ledger.hasEnded(report.attempt())
        || audits.isOver(report.assignment())) {
      return List.of();
    }
    if (report.phase() == RangeReport.Phase.FAULTY
        || !check.isTrue(report, assigned.get(), this::takeHit)) {
      // Its last report repeats this and includes all of its work.
      return report.isLast() ? List.of(repetitions.wrongHash(report, assigned.get())) : List.of();
    }
    lowest.accept(report.best());
    if (audits.isAudit(report.assignment())) {
      return audited(report);
    }
    executors.add(report.work(ledger.accept(report, now), 0));
    if (report.isLast()) {
      ended(report);
    }
    return List.of();
  }

  private List<ExecutorFault> audited(RangeReport report) {
    if (report.isLast() && trust.isSuspect(report.attempt(), report.executor())) {
      audits.again(report.assignment());
      return List.of();
    }
    return audits.ended(report).stream().map(repetitions::missedShare).toList();
  }

  private void ended(RangeReport report) {
    boolean wasOut =
        report.phase() == RangeReport.Phase.DONE
            && allocation.done(report.assignment(), report.range());
    executors.ended(report.kernel());
    if (trust.isSuspect(report.attempt(), report.executor())) {
      repetitions.invalidate(report.range());
    } else {
      trust.tried(report.executor(), new NonceRange(report.range().from(), report.end()));
      audits.consider(report);
      if (wasOut) {
        repetitions.allocateMissing(report.range(), 0);
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
        .filter(given -> !audits.isAudit(given.id()))
        .flatMap(given -> ledger.markLost(attempt, given.range()))
        .ifPresent(
            last -> {
              NonceRange done = new NonceRange(last.range().from(), last.end());
              // While the range is in flight, Spark retries it.
              if (trust.isSuspect(attempt, last.executor()) || !check.isTrueToItsEnd(last)) {
                repetitions.invalidate(last.range());
                return;
              }
              audits.consider(last);
              if (executorLost) {
                trust.lost(last.executor(), done, ledger.running(last.executor()).isEmpty());
              } else {
                trust.tried(last.executor(), done);
              }
            });
  }

  /**
   * Records that a wave's job has succeeded. All last reports of its tasks were accepted before, so
   * what they have not done is allocated again.
   */
  public void waveEnded(int wave) {
    ended(wave, 0);
  }

  /**
   * Records that a wave's job has failed. What it has not done is allocated again.
   *
   * @return whether the search can continue: not if the same positions were lost too often
   */
  public boolean waveLost(int wave) {
    return ended(wave, 1).stream().noneMatch(each -> each.losses() >= MAX_LOSSES);
  }

  private List<Assignment> ended(int wave, int losses) {
    allocation.assignments(wave).forEach(each -> audits.again(each.id()));
    List<Assignment> open = allocation.ended(wave);
    open.forEach(each -> repetitions.allocateMissing(each.range(), each.losses() + losses));
    return open;
  }

  /** Records that an executor is being removed. What it still reports is done again by others. */
  public void executorGivenUp(String executor) {
    trust.giveUp(executor);
  }

  /** Verifies a proposed solution; returns whether it is one. */
  private boolean takeHit(long position) {
    boolean isOne = solutions.propose(position);
    solutions
        .last()
        .ifPresent(
            last -> {
              audits.dropAbove(last);
              obsolete.addAll(allocation.dropAbove(last));
            });
    return isOne;
  }

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
    return trust.evidence(ledger.shareBits());
  }

  public SearchResult.Work work() {
    return tried.work();
  }

  /** Returns the progress of the run, at the hashes per second of its last few seconds. */
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
        () ->
            CoverageHistogram.of(
                spec.keyspace(), allocation.reached(), tried.all(), allocation.inFlight()));
  }

  /** Returns the name of the kernel that scanned the most ranges; empty if none was scanned. */
  public Optional<String> mostUsedKernel() {
    return executors.mostUsedKernel();
  }
}
