package io.goldennonce.search.schedule;

import io.goldennonce.base.LatestMap;
import io.goldennonce.search.ExecutorWork;
import java.util.List;

/**
 * Adds up what each executor does in a run. Executors come and go for as long as it takes: those
 * that reported last are known, {@value #MAX_EXECUTORS} of them. Not thread-safe.
 */
public final class ExecutorTally {
  /** More than a cluster has at once, in a few MB. */
  static final int MAX_EXECUTORS = 10_000;

  /** By host and id. */
  private final LatestMap<String, ExecutorWork> byExecutor = new LatestMap<>(MAX_EXECUTORS);

  /** Each executor that has reported lately. */
  public List<ExecutorWork> work() {
    return List.copyOf(byExecutor.values());
  }

  /**
   * Takes in what an executor has done since it was heard of last.
   *
   * @param news its hashes and faults since then
   */
  public void add(ExecutorWork news) {
    byExecutor.merge(news.host() + " " + news.executor(), news, ExecutorWork::plus);
  }
}
