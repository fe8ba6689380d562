package io.goldennonce.monitor;

import java.util.Locale;

/** The metrics, with names and units by the conventions of Prometheus. */
enum Metric {
  HASHES_TOTAL(Type.COUNTER, "Hashes computed by the searches of this application."),
  HASHES_PER_SECOND(Type.GAUGE, "Hash rate over the last 5 seconds, 0 while no search runs."),
  MEAN_HASHES_PER_SECOND(
      Type.GAUGE, "Mean hash rate of the running or last search since its start."),
  FINDS_TOTAL(Type.COUNTER, "Solutions found."),
  SEARCHES_TOTAL(Type.COUNTER, "Searches that have ended, by outcome."),
  SEARCH_RUNNING(Type.GAUGE, "1 while a search or a count of coins runs, else 0."),
  SEARCH_INFO(
      Type.GAUGE,
      "The running or last search: 1, with its id and title as labels; from a minute after its"
          + " start."),
  SEARCH_DURATION_SECONDS(Type.GAUGE, "Duration of the running or last search."),
  PROBABILITY_RATIO(
      Type.GAUGE,
      "Probability that the work so far, including earlier runs of the search, finds a solution."),
  TIME_LEFT_SECONDS(
      Type.GAUGE,
      "Time from now in which the running search finds a solution with the given confidence."),
  EXPECTED_HASHES(Type.GAUGE, "Mean number of hashes for a solution of the search."),
  DIFFICULTY(Type.GAUGE, "Difficulty of the search's target, as defined by Bitcoin."),
  LAST_LUCK_RATIO(
      Type.GAUGE,
      "Expected hashes of the last find divided by its actual hashes; above 1 is lucky."),
  LAST_STOP_LATENCY_SECONDS(
      Type.GAUGE, "Time from the last order to stop until all tasks were idle."),
  STOP_LATENCY_SECONDS(Type.SUMMARY, "Time from an order to stop until all tasks were idle."),
  RANGES_IN_FLIGHT(Type.GAUGE, "Ranges sent out and not yet done."),
  WAVES_TOTAL(Type.COUNTER, "Waves of ranges sent out, each a Spark job."),
  RESTARTS_TOTAL(Type.COUNTER, "Searches that resumed an earlier run."),
  RESUMED_HASHES(Type.GAUGE, "Positions tried by earlier runs of the search."),
  EXECUTORS(Type.GAUGE, "Executors that have reported in the running or last search."),
  SLOTS(Type.GAUGE, "Tasks that can run at once."),
  LEDGER_KEPT_TIMESTAMP_SECONDS(
      Type.GAUGE,
      "When the ledger was last saved; before that, when the search started. Absent if it is not"
          + " saved."),
  BLOCKS_TOTAL(Type.COUNTER, "Blocks mined by this application."),
  COINS_TOTAL(
      Type.COUNTER, "Coins counted by this application, by miner; beyond 20 miners, as others."),
  SHARES_TOTAL(Type.COUNTER, "Shares found for mining pools, by the pool's verdict."),
  BEST_SHARE_DIFFICULTY(
      Type.GAUGE, "Greatest difficulty of a share's hash that a mining pool has accepted."),
  COST(
      Type.GAUGE,
      "What this application's executors have cost, in the currency of plan.currency; if their"
          + " price is known."),
  COST_LIMIT(Type.GAUGE, "What they may cost, by --max-cost."),
  CHAIN_HEIGHT(Type.GAUGE, "Height of the highest block seen in the warehouse or mined."),
  BLOCK_INTERVAL_SECONDS(Type.GAUGE, "Time from the last block's parent to the last block."),
  EXECUTOR_INFO(Type.GAUGE, "Each executor: 1, with its host and kernel as labels."),
  EXECUTOR_HASHES_TOTAL(Type.COUNTER, "Hashes computed by an executor."),
  EXECUTOR_HASHES_PER_SECOND(Type.GAUGE, "An executor's hash rate over the last 5 seconds."),
  EXECUTOR_WORK_RATIO(Type.GAUGE, "An executor's share of all hashes."),
  EXECUTOR_FAULTS_TOTAL(
      Type.COUNTER, "Wrong hashes reported by an executor, from broken hardware or fraud."),
  EXECUTOR_CPU_SECONDS_TOTAL(Type.COUNTER, "Processor time of an executor's process."),
  EXECUTOR_RESIDENT_MEMORY_BYTES(Type.GAUGE, "Memory of an executor's process (Linux)."),
  DEVICE_HASHES_TOTAL(Type.COUNTER, "Hashes computed by a GPU or another device."),
  DEVICE_HASHES_PER_SECOND(Type.GAUGE, "A device's hash rate over the last 5 seconds."),
  DEVICE_UTILIZATION_RATIO(Type.GAUGE, "Share of time in which a device is busy (NVIDIA)."),
  DEVICE_TEMPERATURE_CELSIUS(Type.GAUGE, "A device's temperature (NVIDIA)."),
  DEVICE_LOST(Type.GAUGE, "1 if a device failed and its executor continues on the processor.");

  private static final String PREFIX = "golden_nonce_";

  private final Type type;
  private final String help;

  Metric(Type type, String help) {
    this.type = type;
    this.help = help;
  }

  /** Types of metrics in Prometheus. */
  enum Type {
    COUNTER,
    GAUGE,
    SUMMARY
  }

  /** Its name without the prefix, as in Spark's metrics system. */
  String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String fullName() {
    return PREFIX + shortName();
  }

  /** Whether it is a single number without labels. */
  boolean isSingle() {
    return switch (this) {
      case COINS_TOTAL,
          SHARES_TOTAL,
          SEARCHES_TOTAL,
          SEARCH_INFO,
          TIME_LEFT_SECONDS,
          STOP_LATENCY_SECONDS ->
          false;
      default -> !name().startsWith("EXECUTOR_") && !name().startsWith("DEVICE_");
    };
  }

  Type type() {
    return type;
  }

  String help() {
    return help;
  }
}
