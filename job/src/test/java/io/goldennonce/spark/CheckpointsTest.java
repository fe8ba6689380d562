package io.goldennonce.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Shares;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.ledger.LedgerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class CheckpointsTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final long TICK = 5_000_000;

  /** Keeps how far the work had come. */
  private static final class Store implements LedgerStore {
    private final LinkedBlockingQueue<Long> kept = new LinkedBlockingQueue<>();

    @Override
    public List<LedgerRow> earlier() {
      return List.of();
    }

    @Override
    public void save(List<LedgerRow> rows) {
      kept.add(rows.get(0).range().to());
    }

    @Override
    public boolean wantsShortRuns() {
      return true;
    }
  }

  /** So whenever the driver is killed, no more than that is done twice. */
  @Test
  void saveIfDue_atAnyMoment_noMoreThanAnIntervalOfWorkIsNotKept() throws Exception {
    Store store = new Store();
    long[] now = {17};
    long begin = now[0];
    long kept = 0;
    try (Checkpoints checkpoints = new Checkpoints(store, INTERVAL, () -> now[0], () -> {})) {
      for (int tick = 1; tick < 8_000; tick++) {
        now[0] += TICK;
        long done = now[0] - begin; // a position a nanosecond
        checkpoints.saveIfDue(() -> List.of(row(done)));
        if (done - kept >= INTERVAL.toNanos()) {
          // The writer may still be at the end of the one before; a run asks at each tick.
          while (store.kept.isEmpty()) {
            checkpoints.saveIfDue(() -> List.of(row(done)));
          }
          kept = store.kept.take();
        }
        assertThat(done - kept).isLessThanOrEqualTo(INTERVAL.toNanos() + TICK);
      }
      assertThat(kept).isEqualTo(3 * INTERVAL.toNanos());
    }
  }

  private static final class FullStore implements LedgerStore {
    @Override
    public List<LedgerRow> earlier() {
      return List.of();
    }

    @Override
    public void save(List<LedgerRow> rows) {
      throw new IllegalStateException("no space left");
    }

    @Override
    public boolean wantsShortRuns() {
      return true;
    }
  }

  /** What was found was delivered before, and its ledger is needed no more. */
  @Test
  void saveLast_ofAFindOnAFullDisk_isNoError() throws Exception {
    try (Checkpoints checkpoints = new Checkpoints(new FullStore(), INTERVAL, () -> 0, () -> {})) {
      assertThatCode(() -> checkpoints.saveLast(List.of(row(1)), true)).doesNotThrowAnyException();
    }
  }

  @Test
  void saveLast_ofASearchToResumeOnAFullDisk_isAnError() {
    try (Checkpoints checkpoints = new Checkpoints(new FullStore(), INTERVAL, () -> 0, () -> {})) {
      assertThatThrownBy(() -> checkpoints.saveLast(List.of(row(1)), false))
          .isInstanceOf(SearchFailedException.class)
          .hasMessage("the ledger could not be saved: no space left");
    }
  }

  private static LedgerRow row(long to) {
    Instant now = Instant.EPOCH;
    return new LedgerRow(
        new NonceRange(0, to), null, null, Shares.NONE, "host", "1", "scalar", null, now, now);
  }
}
