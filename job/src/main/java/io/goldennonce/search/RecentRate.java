package io.goldennonce.search;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Computes the rate of a growing count over the last few seconds. Not thread-safe. */
public final class RecentRate {
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private record Sample(Duration at, long count) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Adds a sample, no earlier than the one before. */
  public void add(Duration at, long count) {
    samples.addLast(new Sample(at, count));
    // One sample at or before the window's start remains, so that the window is full.
    while (samples.size() > 2 && secondAt().compareTo(at.minus(WINDOW)) <= 0) {
      samples.removeFirst();
    }
  }

  /** Returns counts per second; 0 with fewer than two samples. */
  public double rate() {
    if (samples.size() < 2) {
      return 0;
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double seconds = last.at().minus(first.at()).toNanos() * 1e-9;
    return seconds > 0 ? (last.count() - first.count()) / seconds : 0;
  }

  private Duration secondAt() {
    var iterator = samples.iterator();
    iterator.next();
    return iterator.next().at();
  }
}
