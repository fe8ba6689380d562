package io.goldennonce.search.schedule;

import io.goldennonce.base.LatestMap;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.SearchResult;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which executors to trust. One wrong hash or missed share may be a bit flipped by a cosmic
 * ray; after a second one, all work of the executor in this run is invalid. Not thread-safe.
 */
final class ExecutorTrust {
  /** Number of faults after which an executor is given up. */
  private static final int PATIENCE = 2;

  /** Number of faults after which the search ends, if the executor could not be removed. */
  private static final int LIMIT = 4;

  /** Faulty executors remembered: a bad machine may start new ones again and again. */
  private static final int MAX_FAULTY = 1_000;

  /** The number of faults of the last faulty executors. */
  private final Map<String, Integer> faults = new LatestMap<>(MAX_FAULTY);

  /** Executors that are being removed. */
  private final Set<String> givenUp = Collections.newSetFromMap(new LatestMap<>(MAX_FAULTY));

  /** Attempts that were running when their executor's work was invalidated. */
  private final Set<Long> suspects = new HashSet<>();

  /** The last executors whose work was invalidated. */
  private final Set<String> excluded = Collections.newSetFromMap(new LatestMap<>(MAX_FAULTY));

  private final Audits audits;
  private final ExecutorRanges tried = new ExecutorRanges(ExecutorRanges.MAX_INTERVALS);

  ExecutorTrust(Audits audits) {
    this.audits = audits;
  }

  /** Records the positions tried by a valid attempt that has ended. */
  void tried(String executor, NonceRange range) {
    tried.add(executor, range);
  }

  ExecutorFault fault(ExecutorFault.Kind kind, RangeReport report) {
    int count = faults.merge(report.executor(), 1, Integer::sum);
    ExecutorFault.Consequence consequence =
        count >= LIMIT && !givenUp.contains(report.executor())
            ? ExecutorFault.Consequence.END_SEARCH
            : count == PATIENCE
                ? ExecutorFault.Consequence.GIVE_UP_EXECUTOR
                : ExecutorFault.Consequence.REPEAT_RANGE;
    if (consequence != ExecutorFault.Consequence.REPEAT_RANGE) {
      audits.forget(report.executor());
      excluded.add(report.executor() + " on " + report.host());
    }
    return new ExecutorFault(kind, report, count, consequence);
  }

  /**
   * Invalidates all work of an executor, if it has computed wrong hashes too often.
   *
   * @param running its attempts that have not ended
   * @return the ranges that must be tried again
   */
  List<NonceRange> invalidate(String executor, Collection<Long> running) {
    if (faults.getOrDefault(executor, 0) < PATIENCE) {
      return List.of();
    }
    suspects.addAll(running);
    return tried.remove(executor);
  }

  /**
   * Records the positions tried by an attempt of an executor that was lost. Nothing is remembered
   * of an executor whose work can no longer turn out to be wrong.
   *
   * @param isLast whether all of its other attempts have ended, so their audits are known
   */
  void lost(String executor, NonceRange range, boolean isLast) {
    audits.gone(executor);
    if (!isLast || audits.concern(executor)) {
      tried.add(executor, range);
    } else {
      tried.remove(executor);
    }
  }

  /** Records that an executor is being removed: its reports no longer count. */
  void giveUp(String executor) {
    givenUp.add(executor);
  }

  /** Returns what supports the rows of this run, whose shares have a number of zero bits. */
  SearchResult.Evidence evidence(int shareBits) {
    return new SearchResult.Evidence(
        shareBits, audits.compared(), audits.hashes(), excluded.stream().sorted().toList());
  }

  /** Whether the work of an attempt that has ended is invalid. Called once per attempt. */
  boolean isSuspect(long attempt, String executor) {
    return suspects.remove(attempt) || givenUp.contains(executor);
  }
}
