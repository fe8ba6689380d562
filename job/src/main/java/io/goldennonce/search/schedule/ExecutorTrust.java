package io.goldennonce.search.schedule;

import io.goldennonce.base.LatestMap;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which executors computed wrong hashes, and what each has tried. One wrong hash may be a bit that
 * a cosmic ray turned; after a second one nothing counts that the executor has done in this run.
 * Not thread-safe.
 */
final class ExecutorTrust {
  /** Faults of one executor after which it is given up. */
  private static final int PATIENCE = 2;

  /** Faults of one executor after which, where it can't be given up, the search is. */
  private static final int LIMIT = 4;

  /** Faulty executors remembered: a bad machine gives rise to ever new ones. */
  private static final int MAX_FAULTY = 1_000;

  /** The faults of those executors that were faulty last. */
  private final Map<String, Integer> faults = new LatestMap<>(MAX_FAULTY);

  /** Executors that are being taken away. */
  private final Set<String> givenUp = Collections.newSetFromMap(new LatestMap<>(MAX_FAULTY));

  /** Attempts that began before their executor's work was invalidated. */
  private final Set<Long> suspects = new HashSet<>();

  private final ExecutorRanges tried = new ExecutorRanges(ExecutorRanges.MAX_INTERVALS);

  /** A sound attempt has ended, and tried these positions. */
  void tried(String executor, NonceRange range) {
    tried.add(executor, range);
  }

  /** Takes in that an executor computed a wrong hash. */
  ExecutorFault fault(RangeReport report) {
    int count = faults.merge(report.executor(), 1, Integer::sum);
    ExecutorFault.Consequence consequence =
        count >= LIMIT
            ? ExecutorFault.Consequence.END_SEARCH
            : count == PATIENCE
                ? ExecutorFault.Consequence.GIVE_UP_EXECUTOR
                : ExecutorFault.Consequence.REPEAT_RANGE;
    return new ExecutorFault(report, count, consequence);
  }

  /**
   * Trusts nothing that an executor has done so far, if it has computed wrong hashes too often.
   *
   * @param running its attempts that have not ended
   * @return what it has tried and must be tried again
   */
  List<NonceRange> invalidate(String executor, Collection<Long> running) {
    if (faults.getOrDefault(executor, 0) < PATIENCE) {
      return List.of();
    }
    suspects.addAll(running);
    return tried.remove(executor);
  }

  /** An executor is being taken away: whatever it says from now on doesn't count. */
  void giveUp(String executor) {
    givenUp.add(executor);
  }

  /** An executor is gone, and nothing more will be found out about it. */
  void lost(String executor) {
    tried.remove(executor);
  }

  /** Whether an attempt that has ended doesn't count. Asked once of each. */
  boolean isSuspect(long attempt, String executor) {
    return suspects.remove(attempt) || givenUp.contains(executor);
  }
}
