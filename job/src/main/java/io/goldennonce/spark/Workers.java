package io.goldennonce.spark;

import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * How to request a number of workers from the master: executors on a cluster, or slots in one JVM.
 *
 * @param master Spark's master URL
 * @param cores cores per worker
 */
public record Workers(String master, int cores) {
  private static final String LOCAL = "local";
  private static final Pattern THREADS = Pattern.compile("local\\[(\\d+)(?:,\\s*\\d+)?]");

  /** Executors, cores per executor, memory. */
  private static final Pattern PROCESSES =
      Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,.*");

  /**
   * Reads the kind of workers from Spark's settings.
   *
   * @param defaultCores cores per executor, unless the settings give a number
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

  /** Whether they are threads of this JVM, one per core. */
  public boolean isLocal() {
    return isLocal(master);
  }

  /**
   * Returns the maximum number of workers.
   *
   * @param cluster that of a cluster
   */
  public int max(int cluster) {
    int here = isLocal() ? Runtime.getRuntime().availableProcessors() : cluster;
    return fixed().orElse(here);
  }

  /**
   * Checks that the master can provide a number of workers.
   *
   * @return the number
   * @throws IllegalArgumentException if the master fixes another number, or this machine has fewer
   *     processors
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
          "workers must be at most the number of processors, " + processors + ", got " + workers);
    }
    return workers;
  }

  /** Returns the number of workers for a requested one: the master's, if it fixes one. */
  public int given(int workers) {
    return fixed().orElse(workers);
  }

  /** Returns the Spark settings for a number of workers, which override the existing ones. */
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
        // A standalone master counts cores, not executors.
        "spark.cores.max", "" + (long) workers * cores,
        // On by default on EMR; it would remove idle executors and request others.
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
