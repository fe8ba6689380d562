package io.goldennonce.search.schedule;

import io.goldennonce.search.NonceRange;
import io.goldennonce.search.schedule.ClusterSimulation.Setup;
import io.goldennonce.search.table.RangeTable;
import io.goldennonce.search.table.WarehouseLedger;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * What a large cluster costs its driver, without a cluster: heap, rows of the ledger, bytes of the
 * warehouse that its checkpoints are written to, CPU time. Spark's own scheduling is not in it.
 *
 * <p>Usage: {@code ScaleSimulation EXECUTORS CORES HOURS}, or {@code ScaleSimulation slow} for what
 * an executor at a tenth of the speed costs the others.
 */
public final class ScaleSimulation {
  private static final double RATE = 40e6;
  private static final int CHECKPOINT_SECONDS = 10;

  /** How often one is written: each replaces the one before, so this changes no size. */
  private static final int SAVE_SECONDS = 60;

  private ScaleSimulation() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("slow")) {
      slowExecutor();
    } else {
      day(
          Integer.parseInt(arguments[0]),
          Integer.parseInt(arguments[1]),
          Integer.parseInt(arguments[2]));
    }
  }

  private static void day(int executors, int cores, int hours) throws IOException {
    Path directory = Files.createTempDirectory("scale");
    try {
      // Loads and compiles what writes, which is not to be measured.
      ClusterSimulation cluster = simulation(setup(100, 16, 1, Duration.ofMinutes(1)));
      try (WarehouseLedger ledger = ledger(directory.resolve("warm-up"), cluster)) {
        for (int minute = 1; minute <= 60; minute++) {
          cluster.runUntil(Duration.ofMinutes(minute));
          ledger.save(cluster.scheduler().rows());
        }
      }
      long heapBefore = heap();
      cluster = simulation(setup(executors, cores, 1, Duration.ofMinutes(1)));
      Path warehouse = directory.resolve("warehouse");
      System.out.println(
          "hour  task ends/s  reports/s  heap MB  rows    shares   bits  ledger MB  warehouse MB"
              + "  save CPU ms  CPU s/s");
      try (WarehouseLedger ledger = ledger(warehouse, cluster)) {
        for (int hour = 1; hour <= hours; hour++) {
          hour(hour, cluster, ledger, warehouse, heapBefore);
        }
      }
      var table = open(warehouse).table(RangeTable.SCHEMA);
      table.compact(Duration.ZERO);
      table.compact(Duration.ZERO); // deletes what the first replaced
      System.out.printf(
          "at the end, merged: %.2f MB in %d files%n",
          size(warehouse) / 1e6, files(warehouse).size());
    } finally {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static void hour(
      int hour, ClusterSimulation cluster, WarehouseLedger ledger, Path warehouse, long heapBefore)
      throws IOException {
    long reports = cluster.reports();
    long taskEnds = cluster.taskEnds();
    int rows = 0;
    long cpu = 0;
    long saving = 0;
    long largest = 0;
    for (int second = 0; second < 3_600; second += CHECKPOINT_SECONDS) {
      long startedAt = cpuNanos();
      cluster.runUntil(Duration.ofHours(hour - 1).plusSeconds(second + (long) CHECKPOINT_SECONDS));
      rows = Math.max(rows, cluster.scheduler().rows().size());
      cpu += cpuNanos() - startedAt;
      if (second % SAVE_SECONDS == 0) {
        startedAt = cpuNanos();
        ledger.save(cluster.scheduler().rows());
        saving += cpuNanos() - startedAt;
        largest = Math.max(largest, size(warehouse));
      }
    }
    double save = saving / (3_600.0 / SAVE_SECONDS);
    System.out.printf(
        "%4d  %11.0f  %9.0f  %7.1f  %6d  %7d  %4d  %9.2f  %12.2f  %11.0f  %7.4f%n",
        hour,
        (cluster.taskEnds() - taskEnds) / 3600.0,
        (cluster.reports() - reports) / 3600.0,
        (heap() - heapBefore) / 1e6,
        rows,
        cluster.scheduler().rows().stream().mapToInt(row -> row.shares().size()).sum(),
        cluster.scheduler().evidence().shareBits(),
        files(warehouse).stream().mapToLong(path -> path.toFile().length()).max().orElse(0) / 1e6,
        largest / 1e6,
        save / 1e6,
        cpu / 3600e9 + save / 1e9 / CHECKPOINT_SECONDS);
  }

  /** The ledger that a run writes, for the simulation's spec. */
  private static WarehouseLedger ledger(Path warehouse, ClusterSimulation cluster) {
    return new WarehouseLedger(
        () -> open(warehouse),
        cluster.spec(),
        new WarehouseLedger.Settings(
            Duration.ofDays(1), Optional.empty(), () -> {}, () -> cluster.now().toNanos()));
  }

  private static Warehouse open(Path warehouse) {
    return Warehouse.openOrCreate(warehouse.toString(), new Configuration());
  }

  private static void slowExecutor() {
    System.out.println("slowness of one of 10  others' work, of what they could do");
    for (double slowest : List.of(1.0, 10.0, 100.0)) {
      ClusterSimulation cluster = simulation(setup(10, 16, slowest, Duration.ZERO));
      cluster.runUntil(Duration.ofHours(1));
      long others = cluster.hashes(OptionalInt.empty()) - cluster.hashes(OptionalInt.of(0));
      System.out.printf(
          "%21.0f  %.2f %%%n",
          slowest, 100 * others / (cluster.possibleRate(1) * cluster.now().toMillis() * 1e-3));
    }
    System.out.println(
        "slowness of one of 10  an exhaustive search of ten minutes takes, of the ideal");
    for (double slowest : List.of(1.0, 10.0, 100.0)) {
      Setup setup = setup(10, 16, slowest, Duration.ZERO);
      double rate = simulation(setup).possibleRate(0);
      ClusterSimulation cluster =
          new ClusterSimulation(setup, new NonceRange(0, (long) (600 * rate)));
      cluster.runUntil(Duration.ofDays(1));
      System.out.printf("%21.0f  %.2f %%%n", slowest, 100 * cluster.now().toMillis() / 600e3);
    }
  }

  private static ClusterSimulation simulation(Setup setup) {
    return new ClusterSimulation(setup, new NonceRange(0, Long.MAX_VALUE));
  }

  private static Setup setup(int executors, int cores, double slowest, Duration lossEvery) {
    return new Setup(
        executors,
        cores,
        RATE,
        slowest,
        Duration.ofSeconds(1),
        Duration.ofMillis(250),
        500,
        Duration.ofMillis(5),
        lossEvery,
        0.005);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long size(Path warehouse) throws IOException {
    return files(warehouse).stream().mapToLong(path -> path.toFile().length()).sum();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
