package io.goldennonce.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.search.ExecutorWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExecutorTableTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long HASHES = 1_000;

  private final ExecutorTable table = new ExecutorTable();

  /** Spot machines: one is lost each minute, and another comes. */
  @Test
  void executors_oneLostAMinuteForAYear_areAsManyAsLiveAndNoHashIsLost() {
    int year = 365 * 24 * 60;
    for (int minute = 0; minute < year; minute++) {
      Instant now = START.plus(Duration.ofMinutes(minute));
      table.progress(Duration.ofMinutes(minute), List.of(work(minute, HASHES)), now);
      assertThat(table.list(true)).hasSizeLessThanOrEqualTo(13);
      assertThat(table.rates(true)).hasSizeLessThanOrEqualTo(ExecutorTable.CHARTED);
    }
    assertThat(table.list(true).stream().mapToLong(Snapshot.Executor::hashes).sum())
        .isEqualTo(year * HASHES);
  }

  /** A search's reports name all executors that it ever had. */
  @Test
  void executors_thatAreGoneAndStillNamed_stayGoneUntilTheSearchEnds() {
    List<ExecutorWork> all = IntStream.range(0, 2_000).mapToObj(i -> work(i, HASHES)).toList();
    for (int minute = 0; minute < 30; minute++) {
      table.progress(Duration.ofMinutes(minute), all, START.plus(Duration.ofMinutes(minute)));
    }
    assertThat(table.list(true))
        .singleElement()
        .satisfies(
            gone -> {
              assertThat(gone.executor()).isEqualTo("gone");
              assertThat(gone.hashes()).isEqualTo(2_000 * HASHES);
              assertThat(gone.rate()).isZero();
            });
    table.ended();
    table.progress(Duration.ofSeconds(1), List.of(work(7, 5)), START.plus(Duration.ofMinutes(31)));
    assertThat(table.list(true))
        .extracting(Snapshot.Executor::hashes)
        .containsExactly(5L, 2_000 * HASHES);
  }

  @Test
  void executor_thatIsIdleButAlive_isNotForgotten() {
    table.progress(Duration.ofSeconds(1), List.of(work(1, HASHES)), START);
    for (int minute = 1; minute < 60; minute++) {
      Instant now = START.plus(Duration.ofMinutes(minute));
      table.usage(new ExecutorUsage("1", "h", 1, 1, List.of()), now);
      table.progress(Duration.ofMinutes(minute), List.of(work(1, HASHES)), now);
    }
    assertThat(table.list(true)).extracting(Snapshot.Executor::executor).containsExactly("1");
  }

  @Test
  void driver_thatComputesByItself_isNeverForgotten() {
    ExecutorWork driver = new ExecutorWork("driver", "h", "scalar", HASHES, 0);
    table.progress(Duration.ofSeconds(1), List.of(driver), START);
    table.progress(Duration.ofDays(1), List.of(driver), START.plus(Duration.ofDays(1)));
    assertThat(table.list(true)).extracting(Snapshot.Executor::executor).containsExactly("driver");
  }

  private static ExecutorWork work(int executor, long hashes) {
    return new ExecutorWork(String.valueOf(executor), "host-" + executor, "scalar", hashes, 0);
  }
}
