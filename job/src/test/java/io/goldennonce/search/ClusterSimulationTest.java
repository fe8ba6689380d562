package io.goldennonce.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.Target;
import io.goldennonce.search.ClusterSimulation.Setup;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds of a large cluster whatever the time it takes; {@code ScaleSimulation} measures. */
class ClusterSimulationTest {
  private static final double RATE = 40e6;
  private static final Duration LONG = Duration.ofDays(365);

  @Test
  void search_ofSixteenThousandSlots_keepsItsLedgerSmall() {
    Setup setup = setup(1_000, 16, 1, Duration.ZERO);
    NonceRange keyspace = new NonceRange(0, Long.MAX_VALUE);
    ClusterSimulation cluster = new ClusterSimulation(setup, keyspace);
    int rows = 0;
    for (int minute = 1; minute <= 6; minute++) {
      cluster.runUntil(Duration.ofMinutes(minute));
      rows = Math.max(rows, cluster.scheduler().rows().size());
    }
    // A gap can follow each task that runs; twice as many before they are merged.
    assertThat(rows).isLessThanOrEqualTo(Math.max(Ledger.MAX_ROWS, 2 * setup.slots() + 1));
    assertThat(cluster.taskEnds() / cluster.now().toSeconds())
        .as("task ends a second")
        .isLessThanOrEqualTo(setup.eventsPerSecond() * 2L);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "10, 0", "1, 5", "10, 5"})
  void search_toTheEnd_coversEachPositionOnce(double slowest, int lossSeconds) {
    Setup setup = setup(40, 16, slowest, Duration.ofSeconds(lossSeconds));
    NonceRange keyspace = new NonceRange(12_345, 12_345 + (long) (60 * 640 * RATE));
    ClusterSimulation cluster = new ClusterSimulation(setup, keyspace);
    cluster.runUntil(LONG);
    Scheduler scheduler = cluster.scheduler();
    assertThat(scheduler.isAllDone()).isTrue();
    assertThat(Coverage.faults(scheduler.rows(), keyspace, Target.ofZeroBits(256))).isEmpty();
    assertThat(scheduler.rows()).hasSizeLessThanOrEqualTo(Ledger.MAX_ROWS);
    assertThat(cluster.hashes(OptionalInt.empty()))
        .isBetween(scheduler.work().hashes(), scheduler.work().atMost());
    if (lossSeconds == 0) {
      assertThat(scheduler.work().hashes()).isEqualTo(keyspace.size());
    }
  }

  /** An executor at a tenth of the others' speed costs them less than 5 % of their work. */
  @Test
  void search_withASlowExecutor_keepsTheOthersBusy() {
    double alone = othersShare(setup(10, 16, 1, Duration.ZERO));
    double together = othersShare(setup(10, 16, 10, Duration.ZERO));
    assertThat(together).isGreaterThan(0.95 * alone);
  }

  /** What the other executors computed in five minutes, of what they could. */
  private static double othersShare(Setup setup) {
    ClusterSimulation cluster = new ClusterSimulation(setup, new NonceRange(0, Long.MAX_VALUE));
    cluster.runUntil(Duration.ofMinutes(5));
    long others = cluster.hashes(OptionalInt.empty()) - cluster.hashes(OptionalInt.of(0));
    return others / (cluster.possibleRate(1) * cluster.now().toMillis() * 1e-3);
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
        lossEvery);
  }
}
