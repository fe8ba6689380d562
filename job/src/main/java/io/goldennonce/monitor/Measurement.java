package io.goldennonce.monitor;

import io.goldennonce.kernel.DeviceUsage;
import io.goldennonce.plan.Spending;
import io.goldennonce.search.SearchProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A metric's value at one moment.
 *
 * @param suffix appended to the metric's name: {@code _sum} or {@code _count} for a summary, else
 *     empty
 * @param labels its labels, in the order of their names
 * @param value in the unit of the metric's name
 */
record Measurement(Metric metric, String suffix, Map<String, String> labels, double value) {
  /** Age at which a search is named: each name is a new series, too many with short blocks. */
  private static final Duration NAMED_AFTER = Duration.ofMinutes(1);

  /** Limits titles, which services choose. */
  private static final int MAX_TITLE = 64;

  private static final List<Double> CONFIDENCES = List.of(0.5, 0.95);

  /** All measurements of a snapshot; unknown values are left out. */
  static List<Measurement> of(Snapshot snapshot) {
    Collector collector = new Collector();
    collector.addTotals(snapshot);
    snapshot.search().ifPresent(search -> collector.addSearch(search, snapshot.at()));
    collector.addChain(snapshot);
    snapshot.executors().forEach(one -> collector.addExecutor(one, snapshot.totals()));
    return collector.all;
  }

  /** Collects measurements. */
  private static final class Collector {
    private final List<Measurement> all = new ArrayList<>();

    private void addTotals(Snapshot snapshot) {
      Snapshot.Totals totals = snapshot.totals();
      add(Metric.HASHES_TOTAL, totals.hashes());
      add(Metric.HASHES_PER_SECOND, snapshot.recentRate());
      add(Metric.FINDS_TOTAL, totals.finds());
      // Prometheus does not see the first increase of a series that starts with it.
      Arrays.stream(Snapshot.State.values())
          .filter(state -> state != Snapshot.State.RUNNING)
          .forEach(
              state ->
                  add(
                      Metric.SEARCHES_TOTAL,
                      totals.ended().getOrDefault(state, 0L),
                      Map.of("outcome", state.label())));
      add(Metric.SEARCH_RUNNING, snapshot.isRunning() ? 1 : 0);
      totals.lastLuck().ifPresent(luck -> add(Metric.LAST_LUCK_RATIO, luck));
      totals.lastStop().ifPresent(stop -> add(Metric.LAST_STOP_LATENCY_SECONDS, seconds(stop)));
      Map<String, String> none = Map.of();
      Metric summary = Metric.STOP_LATENCY_SECONDS;
      all.add(new Measurement(summary, "_sum", none, seconds(totals.stopTime())));
      all.add(new Measurement(summary, "_count", none, totals.stops()));
      add(Metric.WAVES_TOTAL, totals.waves());
      add(Metric.RESTARTS_TOTAL, totals.restarts());
      add(Metric.BLOCKS_TOTAL, totals.blocks());
      Snapshot.Shares shares = totals.shares();
      shares
          .byVerdict()
          .forEach((verdict, count) -> add(Metric.SHARES_TOTAL, count, Map.of("verdict", verdict)));
      shares.best().ifPresent(best -> add(Metric.BEST_SHARE_DIFFICULTY, best));
      totals.spent().ifPresent(this::addCost);
      totals
          .coins()
          .forEach((miner, coins) -> add(Metric.COINS_TOTAL, coins, Map.of("miner", miner)));
    }

    private void addCost(Spending.Spent spent) {
      add(Metric.COST, spent.amount());
      spent.terms().limit().ifPresent(limit -> add(Metric.COST_LIMIT, limit));
    }

    private void addSearch(Snapshot.Search search, Instant now) {
      if (!now.isBefore(search.startedAt().plus(NAMED_AFTER))) {
        String title = search.title();
        String shown = title.substring(0, Math.min(MAX_TITLE, title.length()));
        add(Metric.SEARCH_INFO, 1, Map.of("search_id", search.spec().id(), "title", shown));
      }
      add(Metric.EXPECTED_HASHES, search.expectedHashes());
      add(Metric.DIFFICULTY, search.difficulty());
      search
          .ledgerSavedAt()
          .ifPresent(at -> add(Metric.LEDGER_KEPT_TIMESTAMP_SECONDS, at.toEpochMilli() / 1000.0));
      search.progress().ifPresent(progress -> addProgress(progress, search.isRunning()));
    }

    private void addProgress(SearchProgress progress, boolean isRunning) {
      add(Metric.MEAN_HASHES_PER_SECOND, progress.rate());
      add(Metric.SEARCH_DURATION_SECONDS, seconds(progress.elapsed()));
      add(Metric.PROBABILITY_RATIO, progress.chance());
      add(Metric.RANGES_IN_FLIGHT, isRunning ? progress.rangesInFlight() : 0);
      add(Metric.RESUMED_HASHES, progress.resumed());
      add(Metric.EXECUTORS, progress.executors());
      add(Metric.SLOTS, progress.slots());
      if (isRunning) {
        for (double confidence : CONFIDENCES) {
          double left = progress.secondsUntil(confidence);
          add(Metric.TIME_LEFT_SECONDS, left, Map.of("confidence", String.valueOf(confidence)));
        }
      }
    }

    private void addChain(Snapshot snapshot) {
      if (!snapshot.blocks().isEmpty()) {
        add(Metric.CHAIN_HEIGHT, snapshot.blocks().get(0).height());
      }
      snapshot
          .blockInterval()
          .ifPresent(interval -> add(Metric.BLOCK_INTERVAL_SECONDS, seconds(interval)));
    }

    private void addExecutor(Snapshot.Executor executor, Snapshot.Totals totals) {
      String id = executor.executor();
      Map<String, String> who = Map.of("executor", id, "host", executor.host());
      add(
          Metric.EXECUTOR_INFO,
          1,
          Map.of("executor", id, "host", executor.host(), "kernel", executor.kernel()));
      add(Metric.EXECUTOR_HASHES_TOTAL, executor.hashes(), who);
      add(Metric.EXECUTOR_HASHES_PER_SECOND, executor.rate(), who);
      double share = totals.hashes() == 0 ? 0 : (double) executor.hashes() / totals.hashes();
      add(Metric.EXECUTOR_WORK_RATIO, share, who);
      add(Metric.EXECUTOR_FAULTS_TOTAL, executor.faults(), who);
      for (Snapshot.Device device : executor.devices()) {
        Map<String, String> which = new HashMap<>(who);
        which.put("device", device.id());
        which.put("name", device.name());
        addDevice(device, executor.usageOf(device), which);
      }
      ExecutorUsage usage = executor.usage();
      if (usage != null) {
        add(Metric.EXECUTOR_CPU_SECONDS_TOTAL, usage.cpuSeconds(), who);
        if (usage.residentBytes() > 0) {
          add(Metric.EXECUTOR_RESIDENT_MEMORY_BYTES, usage.residentBytes(), who);
        }
      }
    }

    private void addDevice(
        Snapshot.Device device, @Nullable DeviceUsage usage, Map<String, String> which) {
      add(Metric.DEVICE_HASHES_TOTAL, device.hashes(), which);
      add(Metric.DEVICE_HASHES_PER_SECOND, device.rate(), which);
      add(Metric.DEVICE_LOST, device.lost() ? 1 : 0, which);
      if (usage != null) {
        add(Metric.DEVICE_UTILIZATION_RATIO, usage.utilization(), which);
        add(Metric.DEVICE_TEMPERATURE_CELSIUS, usage.celsius(), which);
      }
    }

    private void add(Metric metric, double value) {
      add(metric, value, Map.of());
    }

    private void add(Metric metric, double value, Map<String, String> labels) {
      all.add(new Measurement(metric, "", new TreeMap<>(labels), value));
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() * 1e-9;
  }
}
