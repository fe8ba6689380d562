package io.goldennonce.search;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The rate over the last few seconds of a count that only grows. Not thread-safe. */
public final class RecentRate {
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private record Sample(Duration at, long count) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Takes in the count at a time, no earlier than the one before. */
  public void add(Duration at, long count) {
    samples.addLast(new Sample(at, count));
    // The one at the window's edge or before it stays, so that the window is full.
    while (samples.size() > 2 && secondAt().compareTo(at.minus(WINDOW)) <= 0) {
      samples.removeFirst();
    }
  }

  /** Counts a second; 0 while there are not two samples. */
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
