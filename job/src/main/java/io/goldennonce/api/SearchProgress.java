package io.goldennonce.api;

import java.time.Duration;

/** How far a running search has come. Immutable. */
public final class SearchProgress {
  private final io.goldennonce.search.SearchProgress progress;

  SearchProgress(io.goldennonce.search.SearchProgress progress) {
    this.progress = progress;
  }

  /** Returns the number of hashes that tasks have reported. */
  public long hashes() {
    return progress.hashes();
  }

  /** Returns hashes per second over the last few seconds. */
  public double hashesPerSecond() {
    return progress.recentRate();
  }

  /** Returns the time since the search started. */
  public Duration elapsed() {
    return progress.elapsed();
  }

  /** Returns the probability, 0 to 1, that a search finds a solution in as many hashes. */
  public double chance() {
    return progress.chance();
  }

  /** Returns the number of ranges that are scanned at the same time: cores, or GPUs. */
  public int slots() {
    return progress.slots();
  }

  /** Returns hashes, rate and time, to print. */
  @Override
  public String toString() {
    return "%d hashes in %.1f s, %.0f per second"
        .formatted(hashes(), elapsed().toMillis() / 1e3, hashesPerSecond());
  }
}
