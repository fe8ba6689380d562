package io.goldennonce.spark;

import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * How a number of workers is asked of the master: executors on a cluster, slots in one JVM.
 *
 * @param master Spark's master URL
 * @param cores of one worker
 */
public record Workers(String master, int cores) {
  private static final String LOCAL = "local";
  private static final Pattern THREADS = Pattern.compile("local\\[(\\d+)(?:,\\s*\\d+)?]");

  /** Executors, the cores of one, its memory. */
  private static final Pattern PROCESSES =
      Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,.*");

  /**
   * What the settings make of workers.
   *
   * @param defaultCores of an executor, where the settings give none
   */
  static Workers of(SparkConf conf, int defaultCores) {
    String master = conf.get("spark.master", "");
    if (isLocal(master)) {
      return new Workers(master, 1);
    }
    Matcher processes = PROCESSES.matcher(master);
    return new Workers(
        master,
        processes.matches()
            ? Integer.parseInt(processes.group(2))
            : conf.getInt("spark.executor.cores", defaultCores));
  }

  /** Whether they are threads of this JVM, a core each. */
  public boolean isLocal() {
    return isLocal(master);
  }

  /**
   * How many there can be at most.
   *
   * @param cluster how many a cluster has
   */
  public int max(int cluster) {
    int here = isLocal() ? Runtime.getRuntime().availableProcessors() : cluster;
    return fixed().orElse(here);
  }

  /**
   * Refuses a number that the master can't give.
   *
   * @return the number
   * @throws IllegalArgumentException if the master fixes another, or this machine has fewer
   */
  public int requireFits(int workers) {
    OptionalInt fixed = fixed();
    if (fixed.isPresent() && fixed.getAsInt() != workers) {
      throw new IllegalArgumentException(
          "spark.master " + master + " fixes " + fixed.getAsInt() + " workers, got " + workers);
    }
    int processors = Runtime.getRuntime().availableProcessors();
    if (fixed.isEmpty() && isLocal() && workers > processors) {
      throw new IllegalArgumentException(
          "this machine has " + processors + " processors, a worker each, got " + workers);
    }
    return workers;
  }

  /** Number of workers when at least this many are wanted: more, if the master fixes more. */
  public int given(int workers) {
    return fixed().orElse(workers);
  }

  /** Spark's settings for a number of workers, over the existing ones. */
  Map<String, String> settings(int workers) {
    if (fixed().isPresent()) {
      return Map.of();
    }
    if (isLocal()) {
      return Map.of("spark.master", LOCAL + "[" + workers + "]");
    }
    return Map.of(
        "spark.executor.instances", "" + workers,
        "spark.executor.cores", "" + cores,
        // A standalone master knows no number of executors, only of cores.
        "spark.cores.max", "" + (long) workers * cores,
        // It would take idle executors away and ask for others, and EMR has it on by default.
        "spark.dynamicAllocation.enabled", "false");
  }

  private OptionalInt fixed() {
    if (master.equals(LOCAL)) {
      return OptionalInt.of(1);
    }
    return Stream.of(THREADS, PROCESSES)
        .map(pattern -> pattern.matcher(master))
        .filter(Matcher::matches)
        .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
        .findFirst();
  }

  private static boolean isLocal(String master) {
    return master.equals(LOCAL) || master.startsWith(LOCAL + "[");
  }
}
