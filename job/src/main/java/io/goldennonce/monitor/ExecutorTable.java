package io.goldennonce.monitor;

import io.goldennonce.search.ExecutorWork;
import io.goldennonce.search.RecentRate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds up each executor's work over an application's searches. Not thread-safe. */
final class ExecutorTable {
  private final Map<String, Entry> entries = new TreeMap<>();

  private static final class Entry {
    private final String executor;
    private final String host;
    private String kernel = "";
    private long earlierHashes;
    private long earlierFaults;
    private long hashes;
    private long faults;
    private RecentRate rate = new RecentRate();
    private @Nullable ExecutorVitals vitals;

    Entry(String executor, String host) {
      this.executor = executor;
      this.host = host;
    }

    Snapshot.Executor view(boolean running) {
      return new Snapshot.Executor(
          executor,
          host,
          kernel,
          earlierHashes + hashes,
          running ? rate.rate() : 0,
          earlierFaults + faults,
          vitals);
    }
  }

  /**
   * Takes in how far the running search is.
   *
   * @param elapsed time since it began
   * @param all what each executor has done in it
   */
  void progress(Duration elapsed, List<ExecutorWork> all) {
    for (ExecutorWork work : all) {
      Entry entry = entry(work.executor(), work.host());
      entry.kernel = work.kernel();
      entry.hashes = work.hashes();
      entry.faults = work.faults();
      entry.rate.add(elapsed, work.hashes());
    }
  }

  /** Takes in that the search has ended: the next one's counts begin at 0. */
  void ended() {
    for (Entry entry : entries.values()) {
      entry.earlierHashes += entry.hashes;
      entry.earlierFaults += entry.faults;
      entry.hashes = 0;
      entry.faults = 0;
      entry.rate = new RecentRate();
    }
  }

  void vitals(ExecutorVitals vitals) {
    entry(vitals.executor(), vitals.host()).vitals = vitals;
  }

  List<Snapshot.Executor> list(boolean running) {
    return entries.values().stream().map(entry -> entry.view(running)).toList();
  }

  /** Rates of those that have any, by name. */
  Map<String, Double> rates(boolean running) {
    return list(running).stream()
        .filter(executor -> executor.hashes() > 0)
        .collect(Collectors.toMap(Snapshot.Executor::name, Snapshot.Executor::rate));
  }

  /** Ids are unique in an application; a host may have several names. */
  private Entry entry(String executor, String host) {
    return entries.computeIfAbsent(executor, key -> new Entry(executor, host));
  }
}
