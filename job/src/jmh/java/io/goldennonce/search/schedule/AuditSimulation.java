package io.goldennonce.search.schedule;

import io.goldennonce.pow.Target;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.schedule.ClusterSimulation.Setup;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How many audits it takes to exclude an executor that lies, by the kind of the lie and the share
 * of its work that it leaves out: the table of docs/audits.md.
 *
 * <p>Usage: {@code AuditSimulation RUNS}.
 */
public final class AuditSimulation {
  private static final int EXECUTORS = 4;
  private static final int CORES = 4;
  private static final double RATE = 1e6;
  private static final int CELL_BITS = 18;
  private static final double AUDIT_SHARE = 0.05;
  private static final Duration LIMIT = Duration.ofHours(20);

  private AuditSimulation() {}

  /** See the class. */
  public static void main(String[] arguments) {
    int runs = Integer.parseInt(arguments[0]);
    System.out.println(
        "lie       liars  share    caught  audits: median    99 %  hours: median    99 %");
    for (Lie.Kind kind : Lie.Kind.values()) {
      for (double share : List.of(0.01, 0.05, 0.2, 1.0)) {
        row(new Lie(kind, share), kind == Lie.Kind.COLLUDES ? 2 : 1, runs);
      }
    }
    row(new Lie(Lie.Kind.MISSES, 0), EXECUTORS, Math.max(1, runs / 10));
  }

  private static void row(Lie lie, int liars, int runs) {
    double[] audits = new double[runs];
    double[] hours = new double[runs];
    int caught = 0;
    for (int run = 0; run < runs; run++) {
      ClusterSimulation cluster = simulation(run).with(lie, liars, CELL_BITS);
      for (Duration time = Duration.ZERO;
          cluster.givenUp().isEmpty() && time.compareTo(LIMIT) < 0;
          time = time.plusSeconds(10)) {
        cluster.runUntil(time);
      }
      caught += cluster.givenUp().isEmpty() ? 0 : 1;
      int machine = cluster.givenUp().isEmpty() ? EXECUTORS - 1 : cluster.givenUp().get(0);
      audits[run] = cluster.auditsOf(machine);
      hours[run] = cluster.now().toMillis() / 3.6e6;
    }
    Arrays.sort(audits);
    Arrays.sort(hours);
    System.out.printf(
        "%-8s  %5d  %5.2f  %4d/%4d  %14.0f  %6.0f  %13.2f  %6.2f%n",
        lie.kind(),
        liars,
        lie.share(),
        caught,
        runs,
        audits[runs / 2],
        audits[(int) Math.ceil(runs * 0.99) - 1],
        hours[runs / 2],
        hours[(int) Math.ceil(runs * 0.99) - 1]);
  }

  private static ClusterSimulation simulation(long seed) {
    Setup setup =
        new Setup(
            EXECUTORS,
            CORES,
            RATE,
            1,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            500,
            Duration.ofMillis(5),
            Duration.ZERO,
            AUDIT_SHARE);
    SearchSpec spec =
        new SearchSpec(
            new ClusterSimulation.Nonces(),
            Target.ofZeroBits(256),
            new NonceRange(0, Long.MAX_VALUE),
            ResultMode.ANY);
    return new ClusterSimulation(setup, spec, List.of(), 262_144, seed);
  }
}
