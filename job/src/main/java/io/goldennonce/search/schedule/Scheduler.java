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
 * Decides all that is to be decided in one run of a search: which ranges to send out, when a task
 * lets go, what a report changes, which executor is not to be trusted, and when the search is over.
 * It knows nothing of Spark, files or clocks. Who drives it sends out what {@link #nextWave} gives,
 * and tells it of every report, of every task that ended, and of every wave whose job ended.
 *
 * <p>At any moment each position that is wanted is tried, out, or left to be sent out. So whatever
 * is lost, doubled, late or taken back, a search that ends has tried every position. Not
 * thread-safe.
 */
public final class Scheduler {
  /** How often positions may be lost with their whole wave in a row: one time more is the end. */
  static final int MAX_LOSSES = 3;

  private final SearchSpec spec;
  private final TriedRanges tried;
  private final Ledger ledger;
  private final Allocation allocation;
  private final ExecutorTrust trust = new ExecutorTrust();
  private final ExecutorTally executors = new ExecutorTally();
  private final Map<String, Integer> rangesByKernel = new TreeMap<>();
  private final List<Integer> needless = new ArrayList<>();
  private final LowestSoFar lowest;
  private final Solutions solutions;

  /**
   * How ranges are sized.
   *
   * @param rangeTime how long a task should take
   * @param firstRange positions in a range while no rate is known, at least 1
   * @param reportInterval how long a task scans between two reports
   * @param eventsPerSecond how many task ends, and how many reports, the driver should get per
   *     second at most; with more tasks at once, ranges and reports take longer
   */
  public record Settings(
      Duration rangeTime, long firstRange, Duration reportInterval, int eventsPerSecond) {}

  /**
   * @param earlier what earlier runs of the search have tried; their rows may overlap
   */
  public Scheduler(SearchSpec spec, Settings settings, Collection<LedgerRow> earlier) {
    this.spec = spec;
    this.tried = new TriedRanges(spec.keyspace(), earlier);
    this.ledger = tried.current();
    this.allocation = new Allocation(settings, tried.missing(spec.keyspace()));
    this.lowest = new LowestSoFar(spec, tried.earlier().lowestHash());
    this.solutions = new Solutions(spec);
    // What earlier runs found, and perhaps could not deliver any more.
    tried.earlier().solutions(spec.keyspace()).forEach(this::takeHit);
  }

  // --- what to do ---

  /**
   * The next ranges to send out, or nothing while enough of them wait. To be asked again until it
   * gives nothing.
   *
   * @param slots tasks that can run at once, at least 1
   */
  public Optional<Wave> nextWave(int slots) {
    return allocation.next(slots);
  }

  /** The waves, each named once, that nobody needs any more: enough is found below all of them. */
  public List<Integer> takeNeedless() {
    List<Integer> taken = List.copyOf(needless);
    needless.clear();
    return taken;
  }

  /** Whether what is known can't change any more. */
  public boolean isDecided() {
    return (solutions.areEnough() && spec.mode() == ResultMode.ANY) || isAllDone();
  }

  /** Whether every position that is wanted is tried. */
  public boolean isAllDone() {
    return allocation.isAllDone();
  }

  // --- what has happened ---

  /**
   * Takes a report in. Reports may be lost, doubled and late; of one attempt none counts after its
   * last.
   *
   * @param now the time of the driver
   * @return the fault, if the report shows that its executor computed a wrong hash
   */
  public Optional<ExecutorFault> accept(RangeReport report, Instant now) {
    if (ledger.hasEnded(report.attempt())) {
      return Optional.empty();
    }
    if (report.phase() == RangeReport.Phase.FAULTY) {
      return Optional.of(fault(report, now));
    }
    // All of them are looked at: what is known already was confirmed before.
    if (!report.solutions().stream().map(this::takeHit).reduce(true, Boolean::logicalAnd)) {
      // Its last report says the same, and all that it has done.
      return report.isLast() ? Optional.of(fault(report, now)) : Optional.empty();
    }
    lowest.accept(report.best());
    executors.add(report.work(ledger.accept(report, now), 0));
    if (report.isLast()) {
      ended(report);
    }
    return Optional.empty();
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
   * A task has ended, and whatever it reported was accepted before. If its last report is missing,
   * nothing more will be heard of it; perhaps it was lost before it could report that it began.
   *
   * @param wave its wave
   * @param index its place in the wave
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
              // Spark tries the range again as long as it is out.
              if (trust.isSuspect(attempt, last.executor())) {
                invalidate(last.range());
              } else if (executorLost) {
                trust.lost(last.executor());
              } else {
                trust.tried(last.executor(), new NonceRange(last.range().from(), last.end()));
              }
            });
  }

  /** A wave's job has ended well; its tasks' last reports may still be on their way. */
  public void waveEnded(int wave) {
    allocation.ended(wave);
  }

  /**
   * A wave's job has failed: what it has not done is allocated again.
   *
   * @return whether the search can go on; not, if the same positions were lost too often
   */
  public boolean waveLost(int wave) {
    List<Assignment> lost = allocation.lost(wave);
    lost.forEach(each -> allocateMissing(each.range(), each.losses()));
    return lost.stream().noneMatch(each -> each.losses() > MAX_LOSSES);
  }

  /** An executor is being taken away: what it reports from now on is done again by others. */
  public void executorGivenUp(String executor) {
    trust.giveUp(executor);
  }

  /** Takes a proposed solution in; returns whether it is one. */
  private boolean takeHit(long position) {
    boolean isOne = solutions.propose(position);
    solutions.last().ifPresent(last -> needless.addAll(allocation.dropAbove(last)));
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

  /** Takes back what was said of positions, and has them tried again. */
  private void invalidate(NonceRange range) {
    ledger.invalidate(range);
    allocateMissing(range, 0);
  }

  private void allocateMissing(NonceRange range, int losses) {
    tried.missing(range).forEach(missing -> allocation.again(missing, losses));
  }

  // --- what is known ---

  /** The solutions that the search ends with, as far as they are known, ascending. */
  public List<Solution> solutions() {
    return solutions.known();
  }

  /** Whether as many solutions are known as were asked for. */
  public boolean hasEnough() {
    return solutions.areEnough();
  }

  /** Solutions that are sure to be among those the search ends with, each given out once. */
  public List<Solution> takeSolutions() {
    return solutions.takeNews(isDecided());
  }

  /** In a search for the lowest hash: the lowest that is known. */
  public Optional<Solution> lowest() {
    return lowest.found();
  }

  /** In a search for the lowest hash: the lowest, if it was not given out before. */
  public Optional<Solution> takeImprovement() {
    return lowest.improvement();
  }

  /** What this run has tried, ascending and without overlap. */
  public List<LedgerRow> rows() {
    return ledger.rows();
  }

  /** How much was computed. */
  public SearchResult.Work work() {
    return tried.work();
  }

  /**
   * Where the run stands.
   *
   * @param recentRate hashes per second over the last seconds
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

  /** The name of the kernel that scanned the most ranges, or nothing where none was scanned. */
  public Optional<String> mostUsedKernel() {
    return rangesByKernel.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }
}
