package io.goldennonce.search.schedule;

import io.goldennonce.base.LatestMap;
import io.goldennonce.search.ExecutorWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sums up the work of each executor in a run. Since executors come and go, only the {@value
 * #MAX_EXECUTORS} that reported last are remembered. Not thread-safe.
 */
public final class ExecutorTally {
  /** More than a cluster has at a time, in a few MB. */
  static final int MAX_EXECUTORS = 10_000;

  /** By host and id. */
  private final LatestMap<String, ExecutorWork> byExecutor = new LatestMap<>(MAX_EXECUTORS);

  private final Map<String, Integer> rangesByKernel = new TreeMap<>();

  /** Records the kernel of an attempt that has ended. */
  void ended(String kernel) {
    rangesByKernel.merge(kernel, 1, Integer::sum);
  }

  /** Returns the name of the kernel that scanned the most ranges; empty if none was scanned. */
  Optional<String> mostUsedKernel() {
    return rangesByKernel.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }

  /** Returns the work of each executor that has reported recently. */
  public List<ExecutorWork> work() {
    return List.copyOf(byExecutor.values());
  }

  /** Adds the work of an executor since its last report. */
  public void add(ExecutorWork added) {
    byExecutor.merge(added.host() + " " + added.executor(), added, ExecutorWork::plus);
  }
}
