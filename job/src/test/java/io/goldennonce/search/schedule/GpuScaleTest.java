package io.goldennonce.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.KernelDevice;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Target;
import io.goldennonce.search.ExecutorWork;
import io.goldennonce.search.MessageTemplate;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Shares;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A search at the rate of a hundred H200s: ranges of 10¹⁰ positions and more, for half a year. */
class GpuScaleTest {
  private static final int GPUS = 100;
  private static final double RATE = 8.62e9;
  private static final Instant START = Instant.parse("2026-11-27T00:00:00Z");
  private static final NonceRange KEYSPACE = new NonceRange(0, Long.MAX_VALUE);

  private final Scheduler scheduler =
      new Scheduler(
          new SearchSpec(
              new MessageTemplate(
                  NonceTemplate.of(
                      new byte[20],
                      new byte[0],
                      NonceEncoding.U64_LE,
                      HashFunction.SHA256D,
                      HashOrder.BIG_ENDIAN)),
              Target.ofZeroBits(256),
              KEYSPACE,
              ResultMode.ANY),
          new SchedulerSettings(Duration.ofSeconds(5), 262_144, Duration.ofSeconds(1), 500, 0),
          List.of(),
          new Random(1),
          (report, shares) -> true);

  @Test
  void search_atTheRateOfGpus_countsEveryHash() {
    Deque<Assignment> out = new ArrayDeque<>();
    long done = 0;
    long attempt = 0;
    long largest = 0;
    for (int range = 0; range < 20_000; range++) {
      for (Optional<Wave> wave = scheduler.nextWave(GPUS);
          wave.isPresent();
          wave = scheduler.nextWave(GPUS)) {
        out.addAll(wave.get().assignments());
      }
      Assignment next = out.remove();
      largest = Math.max(largest, next.range().size());
      done += next.range().size();
      attempt++;
      scheduler.accept(report(next, attempt), START.plusSeconds(range / GPUS * 5L));
    }
    assertThat((double) largest).isCloseTo(5 * RATE, withinPercentage(1));
    assertThat(scheduler.work().hashes()).isEqualTo(done);
    assertThat(scheduler.rows().stream().mapToLong(row -> row.range().size()).sum())
        .isEqualTo(done);
    Duration halfAYear = Duration.ofDays(180);
    SearchProgress progress = scheduler.progress(halfAYear, GPUS * RATE, GPUS);
    assertThat(progress.rate()).isCloseTo(done / 15_552_000.0, withinPercentage(0.01));
    assertThat(progress.chance()).isCloseTo(done * Math.scalb(1.0, -256), withinPercentage(0.1));
    assertThat(progress.work())
        .flatExtracting(ExecutorWork::devices)
        .extracting(ExecutorWork.DeviceWork::hashes)
        .hasSize(GPUS)
        .allMatch(hashes -> hashes > 10_000_000_000L);
    assertThat(progress.picture().get().tried()).allMatch(share -> share >= 0 && share <= 1);
  }

  private static RangeReport report(Assignment given, long attempt) {
    long gpu = attempt % GPUS;
    return new RangeReport(
        given.id(),
        given.range(),
        attempt,
        given.range().to(),
        List.of(),
        RangeReport.Phase.DONE,
        (long) (given.range().size() / RATE * 1e9) + 1,
        null,
        Shares.none(18),
        "host-" + gpu / 8,
        String.valueOf(gpu),
        "cuda",
        new KernelDevice("cuda:" + gpu % 8, "NVIDIA H200", false));
  }
}
