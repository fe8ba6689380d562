package io.goldennonce.monitor;

import java.util.Locale;

/** What is measured, with the names and units that Prometheus' conventions want. */
enum Metric {
  HASHES_TOTAL(Type.COUNTER, "Hashes computed by the searches of this application."),
  HASHES_PER_SECOND(Type.GAUGE, "Hash rate over the last 5 seconds, 0 while no search runs."),
  MEAN_HASHES_PER_SECOND(Type.GAUGE, "Hash rate of the running or last search since it began."),
  FINDS_TOTAL(Type.COUNTER, "Solutions found."),
  SEARCHES_TOTAL(Type.COUNTER, "Searches that have ended, by how they ended."),
  SEARCH_RUNNING(Type.GAUGE, "1 while a search or a count of coins runs, else 0."),
  SEARCH_INFO(
      Type.GAUGE,
      "The running or last search, a minute after its start: 1, with its id and title as labels."),
  SEARCH_DURATION_SECONDS(Type.GAUGE, "How long the running or last search has taken."),
  PROBABILITY_RATIO(
      Type.GAUGE,
      "Probability that so much work, with earlier runs' on the same search, finds a solution."),
  TIME_LEFT_SECONDS(
      Type.GAUGE,
      "Time in which the running search finds a solution with the given confidence, from now on."),
  EXPECTED_HASHES(Type.GAUGE, "Hashes that a solution of the search takes on average."),
  DIFFICULTY(Type.GAUGE, "Difficulty of the search's target; 1 is Bitcoin's easiest."),
  LAST_LUCK_RATIO(
      Type.GAUGE, "Expected hashes of the last find over those it took: above 1 is lucky."),
  LAST_STOP_LATENCY_SECONDS(
      Type.GAUGE, "From the last order to stop until the last task was idle."),
  STOP_LATENCY_SECONDS(Type.SUMMARY, "From an order to stop until the last task was idle."),
  RANGES_IN_FLIGHT(Type.GAUGE, "Ranges that were sent out and are not done."),
  WAVES_TOTAL(Type.COUNTER, "Waves of ranges, each a Spark job, that were sent out."),
  RESTARTS_TOTAL(Type.COUNTER, "Searches that went on where an earlier run had ended."),
  RESUMED_HASHES(Type.GAUGE, "Positions that earlier runs of the search had tried."),
  EXECUTORS(Type.GAUGE, "Executors that have reported in the running or last search."),
  SLOTS(Type.GAUGE, "Tasks that can run at once."),
  LEDGER_KEPT_TIMESTAMP_SECONDS(
      Type.GAUGE,
      "When the ledger was last kept; when the search began, until then. Absent where the search"
          + " keeps none."),
  BLOCKS_TOTAL(Type.COUNTER, "Blocks mined by this application."),
  COINS_TOTAL(
      Type.COUNTER,
      "Coins counted by this application, by whose they are; beyond 20 miners, others."),
  SHARES_TOTAL(Type.COUNTER, "Shares found for mining pools, by what the pool made of them."),
  CHAIN_HEIGHT(Type.GAUGE, "Height of the highest block seen in the warehouse or mined."),
  BLOCK_INTERVAL_SECONDS(Type.GAUGE, "From the parent of the last block to the last block."),
  EXECUTOR_INFO(Type.GAUGE, "Each executor: 1, with its host and kernel as labels."),
  EXECUTOR_HASHES_TOTAL(Type.COUNTER, "Hashes computed by an executor."),
  EXECUTOR_HASHES_PER_SECOND(Type.GAUGE, "An executor's hash rate over the last 5 seconds."),
  EXECUTOR_WORK_RATIO(Type.GAUGE, "An executor's share of all hashes."),
  EXECUTOR_FAULTS_TOTAL(
      Type.COUNTER, "Wrong hashes that an executor was caught at: it lies, or its memory does."),
  EXECUTOR_CPU_SECONDS_TOTAL(Type.COUNTER, "Processor time of an executor's process."),
  EXECUTOR_RESIDENT_MEMORY_BYTES(Type.GAUGE, "Memory of an executor's process (Linux)."),
  DEVICE_HASHES_TOTAL(Type.COUNTER, "Hashes computed by a GPU or another device."),
  DEVICE_HASHES_PER_SECOND(Type.GAUGE, "A device's hash rate over the last 5 seconds."),
  DEVICE_UTILIZATION_RATIO(Type.GAUGE, "Share of the time in which a device works (NVIDIA)."),
  DEVICE_TEMPERATURE_CELSIUS(Type.GAUGE, "A device's temperature (NVIDIA)."),
  DEVICE_LOST(Type.GAUGE, "1 for a device that failed: its executor goes on with the processor.");

  private static final String PREFIX = "golden_nonce_";

  private final Type type;
  private final String help;

  Metric(Type type, String help) {
    this.type = type;
    this.help = help;
  }

  /** Prometheus' types. */
  enum Type {
    COUNTER,
    GAUGE,
    SUMMARY
  }

  /** Its name without a prefix: what Spark's metrics system calls it below the plugin. */
  String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its name for Prometheus. */
  String fullName() {
    return PREFIX + shortName();
  }

  /** Whether it is one number and not several with labels. */
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
