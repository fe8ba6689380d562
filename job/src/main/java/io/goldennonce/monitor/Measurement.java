package io.goldennonce.monitor;

import io.goldennonce.kernel.DeviceUsage;
import io.goldennonce.search.SearchProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A metric's value at one moment.
 *
 * @param metric which
 * @param suffix what follows its name: {@code _sum} and {@code _count} of a summary, else nothing
 * @param labels what distinguishes it from others of the metric, in the order of their names
 * @param value in the unit that the name says
 */
record Measurement(Metric metric, String suffix, Map<String, String> labels, double value) {
  /** Each search is a series of its own: with short blocks that would be one for each scrape. */
  private static final Duration NAMED_AFTER = Duration.ofMinutes(1);

  /** A service may call its work anything. */
  private static final int MAX_TITLE = 64;

  private static final List<Double> CONFIDENCES = List.of(0.5, 0.95);

  /** All that a snapshot gives; what is not known is left out. */
  static List<Measurement> of(Snapshot snapshot) {
    List<Measurement> all = new ArrayList<>();
    addTotals(all, snapshot);
    snapshot.search().ifPresent(search -> addSearch(all, search, snapshot.at()));
    addChain(all, snapshot);
    snapshot.executors().forEach(executor -> addExecutor(all, executor, snapshot.totals()));
    return all;
  }

  private static void addTotals(List<Measurement> all, Snapshot snapshot) {
    Snapshot.Totals totals = snapshot.totals();
    add(all, Metric.HASHES_TOTAL, totals.hashes());
    add(all, Metric.HASHES_PER_SECOND, snapshot.recentRate());
    add(all, Metric.FINDS_TOTAL, totals.finds());
    // A series that is there from the start has no first increase that goes unseen.
    Arrays.stream(Snapshot.State.values())
        .filter(state -> state != Snapshot.State.RUNNING)
        .forEach(
            state ->
                add(
                    all,
                    Metric.SEARCHES_TOTAL,
                    totals.ended().getOrDefault(state, 0L),
                    "outcome",
                    state.label()));
    add(all, Metric.SEARCH_RUNNING, snapshot.isRunning() ? 1 : 0);
    totals.lastLuck().ifPresent(luck -> add(all, Metric.LAST_LUCK_RATIO, luck));
    totals.lastStop().ifPresent(stop -> add(all, Metric.LAST_STOP_LATENCY_SECONDS, seconds(stop)));
    Map<String, String> none = Map.of();
    Metric summary = Metric.STOP_LATENCY_SECONDS;
    all.add(new Measurement(summary, "_sum", none, seconds(totals.stopTime())));
    all.add(new Measurement(summary, "_count", none, totals.stops()));
    add(all, Metric.WAVES_TOTAL, totals.waves());
    add(all, Metric.RESTARTS_TOTAL, totals.restarts());
    add(all, Metric.BLOCKS_TOTAL, totals.blocks());
    totals
        .shares()
        .forEach((verdict, shares) -> add(all, Metric.SHARES_TOTAL, shares, "verdict", verdict));
    totals.coins().forEach((miner, coins) -> add(all, Metric.COINS_TOTAL, coins, "miner", miner));
  }

  private static void addSearch(List<Measurement> all, Snapshot.Search search, Instant now) {
    if (!now.isBefore(search.startedAt().plus(NAMED_AFTER))) {
      String title = search.title();
      add(
          all,
          Metric.SEARCH_INFO,
          1,
          "search_id",
          search.id(),
          "title",
          title.substring(0, Math.min(MAX_TITLE, title.length())));
    }
    add(all, Metric.EXPECTED_HASHES, search.expectedHashes());
    add(all, Metric.DIFFICULTY, search.difficulty());
    search
        .ledgerKeptAt()
        .ifPresent(
            at -> add(all, Metric.LEDGER_KEPT_TIMESTAMP_SECONDS, at.toEpochMilli() / 1000.0));
    search.progress().ifPresent(progress -> addProgress(all, progress, search.isRunning()));
  }

  private static void addProgress(
      List<Measurement> all, SearchProgress progress, boolean isRunning) {
    add(all, Metric.MEAN_HASHES_PER_SECOND, progress.rate());
    add(all, Metric.SEARCH_DURATION_SECONDS, seconds(progress.elapsed()));
    add(all, Metric.PROBABILITY_RATIO, progress.chance());
    add(all, Metric.RANGES_IN_FLIGHT, isRunning ? progress.rangesInFlight() : 0);
    add(all, Metric.RESUMED_HASHES, progress.resumed());
    add(all, Metric.EXECUTORS, progress.executors());
    add(all, Metric.SLOTS, progress.slots());
    if (isRunning) {
      for (double confidence : CONFIDENCES) {
        add(
            all,
            Metric.TIME_LEFT_SECONDS,
            progress.secondsUntil(confidence),
            "confidence",
            String.valueOf(confidence));
      }
    }
  }

  private static void addChain(List<Measurement> all, Snapshot snapshot) {
    if (!snapshot.blocks().isEmpty()) {
      add(all, Metric.CHAIN_HEIGHT, snapshot.blocks().get(0).height());
    }
    snapshot
        .blockInterval()
        .ifPresent(interval -> add(all, Metric.BLOCK_INTERVAL_SECONDS, seconds(interval)));
  }

  private static void addExecutor(
      List<Measurement> all, Snapshot.Executor executor, Snapshot.Totals totals) {
    String[] who = {"executor", executor.executor(), "host", executor.host()};
    String[] info = Arrays.copyOf(who, who.length + 2);
    info[who.length] = "kernel";
    info[who.length + 1] = executor.kernel();
    add(all, Metric.EXECUTOR_INFO, 1, info);
    add(all, Metric.EXECUTOR_HASHES_TOTAL, executor.hashes(), who);
    add(all, Metric.EXECUTOR_HASHES_PER_SECOND, executor.rate(), who);
    double share = totals.hashes() == 0 ? 0 : (double) executor.hashes() / totals.hashes();
    add(all, Metric.EXECUTOR_WORK_RATIO, share, who);
    add(all, Metric.EXECUTOR_FAULTS_TOTAL, executor.faults(), who);
    for (Snapshot.Device device : executor.devices()) {
      addDevice(
          all,
          device,
          executor.usageOf(device),
          "executor",
          executor.executor(),
          "host",
          executor.host(),
          "device",
          device.id(),
          "name",
          device.name());
    }
    ExecutorUsage usage = executor.usage();
    if (usage != null) {
      add(all, Metric.EXECUTOR_CPU_SECONDS_TOTAL, usage.cpuSeconds(), who);
      if (usage.residentBytes() > 0) {
        add(all, Metric.EXECUTOR_RESIDENT_MEMORY_BYTES, usage.residentBytes(), who);
      }
    }
  }

  private static void addDevice(
      List<Measurement> all, Snapshot.Device device, @Nullable DeviceUsage usage, String... which) {
    add(all, Metric.DEVICE_HASHES_TOTAL, device.hashes(), which);
    add(all, Metric.DEVICE_HASHES_PER_SECOND, device.rate(), which);
    add(all, Metric.DEVICE_LOST, device.lost() ? 1 : 0, which);
    if (usage != null) {
      add(all, Metric.DEVICE_UTILIZATION_RATIO, usage.utilization(), which);
      add(all, Metric.DEVICE_TEMPERATURE_CELSIUS, usage.celsius(), which);
    }
  }

  private static void add(
      List<Measurement> all, Metric metric, double value, String... namesAndValues) {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      labels.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    all.add(new Measurement(metric, "", labels, value));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() * 1e-9;
  }
}
