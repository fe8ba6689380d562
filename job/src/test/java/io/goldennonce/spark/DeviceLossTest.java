package io.goldennonce.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.config.Configuration;
import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.gpu.FailingDevices;
import io.goldennonce.pow.Target;
import io.goldennonce.search.ExecutorWork.DeviceWork;
import io.goldennonce.search.MessageTemplate;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.ledger.LedgerStore;
import io.goldennonce.testing.LocalSpark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A device that falls off in the middle of a range. */
@ExtendWith(LocalSpark.class)
@Tag("spark")
class DeviceLossTest {
  private final JavaSparkContext context;

  DeviceLossTest(JavaSparkContext context) {
    this.context = context;
  }

  @Test
  void search_deviceFallsOff_goesOnWithTheProcessorAndSaysSo() throws InterruptedException {
    SearchSpec spec =
        new SearchSpec(
            new MessageTemplate(
                NonceTemplate.of(
                    new byte[20],
                    new byte[0],
                    NonceEncoding.U32_LE,
                    HashFunction.SHA256,
                    HashOrder.BIG_ENDIAN)),
            Target.ofZeroBits(256),
            new NonceRange(0, 1L << 32),
            ResultMode.ANY);
    AtomicReference<SearchProgress> last = new AtomicReference<>();
    List<Long> hashesAtLoss = new ArrayList<>();
    SearchObserver observer =
        new SearchObserver() {
          @Override
          public void progress(SearchProgress now) {
            last.set(now);
            if (hashesAtLoss.isEmpty() && device(now).filter(it -> it.hashes() > 0).isPresent()) {
              FailingDevices.fallOff();
              hashesAtLoss.add(now.hashes());
            }
          }
        };
    // Until the processor has tried a million more.
    StopSignal stop =
        () ->
            !hashesAtLoss.isEmpty()
                    && device(seen(last)).filter(DeviceWork::lost).isPresent()
                    && seen(last).hashes() > hashesAtLoss.get(0) + 1_000_000
                ? Optional.of(StopReason.DEADLINE)
                : Optional.empty();
    List<LedgerRow> rows = new ArrayList<>();
    SearchResult result = run(spec, stop, observer, rows);
    assertThat(device(seen(last)))
        .hasValueSatisfying(
            device -> {
              assertThat(device.id()).isEqualTo("failing:0");
              assertThat(device.name()).isEqualTo("interpreter");
              assertThat(device.hashes()).isPositive();
            });
    assertThat(result.work().isExact()).isTrue();
    assertThat(rows).extracting(LedgerRow::device).contains("interpreter").containsNull();
    assertThat(rows)
        .filteredOn(row -> "interpreter".equals(row.device()))
        .extracting(LedgerRow::kernel)
        .containsOnly("failing");
    assertThat(rows.stream().mapToLong(row -> row.range().size()).sum())
        .isEqualTo(result.work().hashes());
  }

  private SearchResult run(
      SearchSpec spec, StopSignal stop, SearchObserver observer, List<LedgerRow> rows)
      throws InterruptedException {
    LedgerStore ledger =
        new LedgerStore() {
          @Override
          public List<LedgerRow> earlier() {
            return List.of();
          }

          @Override
          public void save(List<LedgerRow> saved) {
            rows.clear();
            rows.addAll(saved);
          }

          @Override
          public boolean wantsShortRuns() {
            return true;
          }
        };
    Configuration.Search settings =
        new Configuration.Search(
            "failing",
            Duration.ofMillis(500),
            1 << 18,
            Duration.ofMillis(50),
            100_000,
            0,
            Duration.ofMillis(200),
            Duration.ofSeconds(30));
    try (SparkSearch search = new SparkSearch(context, settings);
        CompletedSearch completed = search.run(spec, ledger, stop, observer)) {
      return completed.result();
    }
  }

  private static Optional<DeviceWork> device(SearchProgress progress) {
    return progress.work().stream().flatMap(work -> work.devices().stream()).findFirst();
  }

  private static SearchProgress seen(AtomicReference<SearchProgress> last) {
    return Objects.requireNonNull(last.get());
  }
}
