package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.table.storage.MemoryStorage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final MemoryStorage storage = new MemoryStorage();

  private long sweep(Duration grace, String... superseded) throws IOException {
    return new Sweep(storage, "t", grace).run(Set.of(superseded));
  }

  private List<String> names() {
    return storage.names("t").stream().filter(name -> !name.equals("_sweep")).toList();
  }

  @Test
  void run_temporaryFileOfADeadWriter_goesWhenItWasSeenAGracePeriodAgo() throws IOException {
    storage.put("t/_staging-1", new byte[0]);
    storage.put("t/_compact-1", new byte[0]);
    storage.put("t/a.parquet", new byte[0]);
    storage.pass(Duration.ofDays(1));

    assertThat(sweep(GRACE)).isZero();
    storage.pass(Duration.ofMinutes(9));
    assertThat(sweep(GRACE)).isZero();
    storage.pass(Duration.ofMinutes(1));
    storage.put("t/_staging-2", new byte[0]);
    assertThat(sweep(GRACE)).isEqualTo(2);

    assertThat(names()).containsExactly("_staging-2", "a.parquet");
    storage.pass(GRACE);
    assertThat(sweep(GRACE)).isEqualTo(1);
    assertThat(storage.names("t")).containsExactly("a.parquet");
  }

  @Test
  void run_supersededAndRetired_goAfterTheGracePeriod() throws IOException {
    storage.put("t/a.parquet", new byte[0]);
    storage.put("t/_old/b.parquet", new byte[0]);

    assertThat(sweep(GRACE, "t/a.parquet")).isZero();
    storage.pass(GRACE);
    assertThat(sweep(GRACE, "t/a.parquet")).isEqualTo(2);

    assertThat(storage.list("t")).isEmpty();
    assertThat(storage.list("t/_old")).isEmpty();
  }

  @Test
  void run_supersededThenNeededAgain_stays() throws IOException {
    storage.put("t/a.parquet", new byte[0]);

    sweep(GRACE, "t/a.parquet");
    storage.pass(GRACE);

    assertThat(sweep(GRACE)).isZero();
    assertThat(names()).containsExactly("a.parquet");
  }

  @Test
  void run_withoutGrace_deletesTheRetiredButNoWritersFile() throws IOException {
    storage.put("t/a.parquet", new byte[0]);
    storage.put("t/_staging-1", new byte[0]);

    assertThat(sweep(Duration.ZERO, "t/a.parquet")).isEqualTo(1);

    assertThat(names()).containsExactly("_staging-1");
  }

  @Test
  void run_listCutByAPowerLoss_deletesNothingAndWritesItAgain() throws IOException {
    storage.put("t/_staging-1", new byte[0]);
    storage.put("t/_sweep", new byte[0]);
    storage.pass(GRACE);

    assertThat(sweep(GRACE)).isZero();
    storage.pass(GRACE);
    assertThat(sweep(GRACE)).isEqualTo(1);
  }

  @Test
  void olderThan_filesNotRenewed_goAndRenewedOnesStay() throws IOException {
    storage.put("_pending/old", new byte[0]);
    storage.put("_pending/renewed", new byte[0]);
    storage.pass(Duration.ofDays(2));
    storage.put("_pending/renewed", new byte[0]);

    assertThat(Sweep.olderThan(storage, "_pending", "", Duration.ofDays(1))).isEqualTo(1);

    assertThat(storage.names("_pending")).containsExactly("renewed");
  }
}
