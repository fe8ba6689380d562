package io.goldennonce.work;

import io.goldennonce.base.DaemonThreads;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Polls for a new tip in its own thread, as a listing on S3 takes a while. */
final class TipWatch implements AutoCloseable {
  private final BlockStore blocks;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("tip-watch"));

  /**
   * @param interval time between polls
   */
  TipWatch(BlockStore blocks, Duration interval) {
    this.blocks = blocks;
    thread.scheduleWithFixedDelay(
        this::lookAgain, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Returns a signal that stops once the tip is another block than this; null for no block. */
  StopSignal movedFrom(@Nullable BlockIndexEntry parent) {
    return () -> {
      @Nullable BlockIndexEntry now = blocks.tip().orElse(null);
      return now == null || (parent != null && now.hash().equals(parent.hash()))
          ? Optional.empty()
          : Optional.of(StopReason.OUTDATED);
    };
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void lookAgain() {
    try {
      blocks.look();
    } catch (RuntimeException e) {
      // A temporary storage error does not move the tip. A permanent one is reported by the
      // search's
      // checkpoint, in the thread that can end the search.
    }
  }
}
