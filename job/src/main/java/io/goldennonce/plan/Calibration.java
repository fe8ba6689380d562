package io.goldennonce.plan;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Compares planned with actual times: whether as many runs finished by their p50, p95 and p99 as
 * the quantiles predict.
 *
 * <p>A run whose deadline came before its p95 says nothing about p95, however it ended: counting
 * only those that found something earlier would count only the lucky ones.
 *
 * @param lines one per quantile
 * @param pace the median of actual over planned hashes per second; empty if no run has any
 */
public record Calibration(List<Line> lines, OptionalDouble pace) {
  /** Two-sided, for an interval of 95 %. */
  private static final double Z = 1.959964;

  /**
   * The result for one quantile.
   *
   * @param quantile such as 0.95: the share of runs that should be done by then
   * @param runs number of runs that count for it
   * @param done how many of them were done by then
   * @param low the lower bound of the share that finishes by then, with 95 % confidence (Wilson
   *     1927, score interval)
   * @param high the upper bound
   */
  public record Line(double quantile, long runs, long done, double low, double high) {
    static Line of(double quantile, long runs, long done) {
      if (runs == 0) {
        return new Line(quantile, 0, 0, 0, 1);
      }
      double share = (double) done / runs;
      double z2 = Z * Z / runs;
      double centre = (share + z2 / 2) / (1 + z2);
      double half = Math.sqrt(share * (1 - share) * z2 + z2 * z2 / 4) / (1 + z2);
      return new Line(quantile, runs, done, Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /** Whether the runs agree with the plan: the quantile lies in the interval. */
    public boolean agrees() {
      return low <= quantile && quantile <= high;
    }
  }

  public Calibration {
    lines = List.copyOf(lines);
  }

  public static Calibration of(List<PlannedRun> runs) {
    double[] paces =
        runs.stream()
            .filter(run -> run.seconds() > 0 && run.hashes() > 0)
            .mapToDouble(PlannedRun::pace)
            .sorted()
            .toArray();
    return new Calibration(
        List.of(
            line(0.50, runs, Expectation::p50),
            line(0.95, runs, Expectation::p95),
            line(0.99, runs, Expectation::p99)),
        Arrays.stream(paces).skip(paces.length / 2).findFirst());
  }

  private static Line line(
      double quantile, List<PlannedRun> runs, ToDoubleFunction<Expectation> planned) {
    List<PlannedRun> conclusive =
        runs.stream()
            .filter(run -> isConclusive(run, planned.applyAsDouble(run.expected())))
            .toList();
    long done =
        conclusive.stream()
            .filter(run -> run.end() == PlannedRun.End.FOUND)
            .filter(run -> run.seconds() <= planned.applyAsDouble(run.expected()))
            .count();
    return Line.of(quantile, conclusive.size(), done);
  }

  private static boolean isConclusive(PlannedRun run, double planned) {
    boolean stoppedBefore = run.end() == PlannedRun.End.STOPPED && run.seconds() < planned;
    return Double.isFinite(planned)
        && run.expected().limit().orElse(Double.POSITIVE_INFINITY) >= planned
        && !stoppedBefore;
  }
}
