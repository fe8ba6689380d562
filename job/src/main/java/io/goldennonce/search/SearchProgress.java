package io.goldennonce.search;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a running search stands.
 *
 * @param hashes hashes computed so far in this run, as far as they were reported
 * @param resumed positions that earlier runs have tried
 * @param resumedTime how long these took
 * @param elapsed time since this run began
 * @param recentRate hashes a second over the last seconds
 * @param probability that one hash meets the target; in a search for the lowest hash, that it is
 *     lower than all so far
 * @param slots tasks that can run at once
 * @param work what each of Spark's executors has done that has reported in this run
 * @param waves waves sent out in this run
 * @param rangesInFlight ranges that are out and not done
 * @param picture draws the keyspace; to be asked in the thread that runs the search only, as it
 *     looks at what that changes
 */
public record SearchProgress(
    long hashes,
    long resumed,
    Duration resumedTime,
    Duration elapsed,
    double recentRate,
    double probability,
    int slots,
    List<ExecutorWork> work,
    int waves,
    int rangesInFlight,
    Supplier<CoverageHistogram> picture) {
  public SearchProgress {
    work = List.copyOf(work);
  }

  /** The same with a picture as of now, which any thread may ask for. */
  public SearchProgress drawn() {
    CoverageHistogram now = picture.get();
    return with(() -> now);
  }

  /** The same with the picture of an earlier one, which was drawn. */
  public SearchProgress drawnAs(Optional<SearchProgress> drawn) {
    return drawn.map(before -> with(before.picture)).orElseGet(this::drawn);
  }

  private SearchProgress with(Supplier<CoverageHistogram> newPicture) {
    return new SearchProgress(
        hashes,
        resumed,
        resumedTime,
        elapsed,
        recentRate,
        probability,
        slots,
        work,
        waves,
        rangesInFlight,
        newPicture);
  }

  /** How many of Spark's executors have reported in this run. */
  public int executors() {
    return work.size();
  }

  /** Hashes a second, over the whole run; 0 at its start. */
  public double rate() {
    double seconds = elapsed.toNanos() * 1e-9;
    return seconds > 0 ? hashes / seconds : 0;
  }

  /**
   * The probability, from 0 to 1, that this much work, with earlier runs', would have found a
   * solution.
   */
  public double chance() {
    double tried = (double) hashes + resumed;
    // The logarithm of a probability of 1 is infinite, and 0 times that no number.
    return tried == 0 ? 0 : -Math.expm1(tried * Math.log1p(-probability));
  }

  /**
   * Seconds until a solution is found with the given probability, from now on: a search has no
   * memory. Infinite while no rate is known.
   */
  public double secondsUntil(double confidence) {
    double rate = rate();
    return rate == 0
        ? Double.POSITIVE_INFINITY
        : Math.log1p(-confidence) / (Math.log1p(-probability) * rate);
  }
}
