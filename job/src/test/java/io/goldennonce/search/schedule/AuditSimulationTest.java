package io.goldennonce.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.Target;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.ledger.Coverage;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.schedule.ClusterSimulation.Setup;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which lies of executors a run finds, and what follows; docs/proof.md has the table. */
class AuditSimulationTest {
  private static final int EXECUTORS = 8;
  private static final double RATE = 1e6;

  /** The size of a cell: about 20 shares in each range of five seconds. */
  private static final int CELL_BITS = 18;

  @ParameterizedTest
  @EnumSource(Lie.Kind.class)
  void search_withALyingExecutor_excludesItAndScansAllThatItReportedAgain(Lie.Kind kind) {
    ClusterSimulation cluster = run(new Lie(kind, 0.5), 1, 0.05, Duration.ofHours(1));
    assertThat(cluster.scheduler().isAllDone()).isTrue();
    assertThat(cluster.givenUp()).contains(EXECUTORS - 1).containsOnly(EXECUTORS - 1);
    assertThat(cluster.scheduler().evidence().excluded())
        .contains("7.0 on ip-10-0-7.0.ec2.internal");
    List<LedgerRow> rows = cluster.scheduler().rows();
    assertThat(rows).extracting(LedgerRow::executor).doesNotContain("7.0");
    assertThat(Coverage.faults(rows, keyspace(Duration.ofHours(1)), Target.ofZeroBits(256)))
        .isEmpty();
  }

  /** Two of eight: what one reports, the other confirms, but most audits go to others. */
  @ParameterizedTest
  @CsvSource({"COLLUDES", "INVENTS"})
  void search_withTwoColludingExecutors_excludesBoth(Lie.Kind kind) {
    ClusterSimulation cluster = run(new Lie(kind, 0.3), 2, 0.05, Duration.ofHours(1));
    assertThat(cluster.givenUp()).contains(6, 7).doesNotContain(0, 1, 2, 3, 4, 5);
  }

  /** A soft error that loses one share in a hundred thousand. */
  @ParameterizedTest
  @CsvSource({"0", "0.00001"})
  void search_withHonestExecutors_excludesNone(double lost) {
    ClusterSimulation cluster =
        run(new Lie(Lie.Kind.MISSES, lost), EXECUTORS, 0.2, Duration.ofHours(1));
    SearchResult.Evidence evidence = cluster.scheduler().evidence();
    assertThat(evidence.audits()).isGreaterThan(1_000);
    assertThat(evidence.excluded()).isEmpty();
    double audited = (double) evidence.auditedHashes() / keyspace(Duration.ofHours(1)).size();
    assertThat(audited).isBetween(0.17, 0.23);
  }

  private static ClusterSimulation run(Lie lie, int liars, double auditShare, Duration work) {
    Setup setup =
        new Setup(
            EXECUTORS,
            1,
            RATE,
            1,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            500,
            Duration.ofMillis(5),
            Duration.ZERO,
            auditShare);
    ClusterSimulation cluster =
        new ClusterSimulation(setup, keyspace(work)).with(lie, liars, CELL_BITS);
    cluster.runUntil(work.multipliedBy(10));
    return cluster;
  }

  private static NonceRange keyspace(Duration work) {
    return new NonceRange(0, (long) (EXECUTORS * RATE * work.toSeconds()));
  }
}
