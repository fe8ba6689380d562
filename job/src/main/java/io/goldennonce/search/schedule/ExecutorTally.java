package io.goldennonce.search.schedule;

import io.goldennonce.search.ExecutorWork;
import io.goldennonce.search.RangeReport;
import java.util.List;
import java.util.TreeMap;

/** Adds up what each executor does in a run. Not thread-safe. */
public final class ExecutorTally {
  private final TreeMap<String, ExecutorWork> byExecutor = new TreeMap<>();

  /**
   * Takes a report in.
   *
   * @param news the hashes in it that were not known before
   */
  public void add(RangeReport report, long news) {
    merge(report, news, 0);
  }

  /** Takes in that an executor was caught at a wrong hash. */
  public void addFault(RangeReport report, long news) {
    merge(report, news, 1);
  }

  /** Each executor that has reported, by host and id. */
  public List<ExecutorWork> work() {
    return List.copyOf(byExecutor.values());
  }

  private void merge(RangeReport report, long hashes, int faults) {
    byExecutor.merge(
        report.host() + " " + report.executor(),
        new ExecutorWork(report.executor(), report.host(), report.kernel(), hashes, faults),
        (before, now) ->
            new ExecutorWork(
                now.executor(),
                now.host(),
                now.kernel(),
                before.hashes() + now.hashes(),
                before.faults() + now.faults()));
  }
}
