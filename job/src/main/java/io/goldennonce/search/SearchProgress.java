package io.goldennonce.search;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The progress of a running search.
 *
 * @param hashes hashes computed in this run, as reported so far
 * @param resumed positions tried by earlier runs
 * @param resumedTime the time these took
 * @param elapsed time since this run started
 * @param recentRate hashes per second over the last few seconds
 * @param probability that one hash meets the target or, in a search for the lowest hash, is lower
 *     than all so far
 * @param slots number of tasks that can run concurrently
 * @param work the work of each Spark executor that has reported in this run
 * @param waves number of waves submitted in this run
 * @param rangesInFlight number of ranges allocated and not done
 * @param picture computes the histogram; only for use in the search's thread, unless {@link #drawn}
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

  /** Returns a copy with the histogram computed now, for use in any thread. */
  public SearchProgress drawn() {
    CoverageHistogram now = picture.get();
    return with(() -> now);
  }

  /** Returns a copy with the histogram of an earlier, drawn one. */
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

  /** Returns the number of Spark executors that have reported in this run. */
  public int executors() {
    return work.size();
  }

  /** Returns hashes per second over the whole run; 0 at its start. */
  public double rate() {
    double seconds = elapsed.toNanos() * 1e-9;
    return seconds > 0 ? hashes / seconds : 0;
  }

  /**
   * Returns the probability, 0 to 1, that a search finds a solution in as many hashes as this run
   * and earlier ones computed.
   */
  public double chance() {
    double tried = (double) hashes + resumed;
    // The logarithm of a probability of 1 is infinite, and 0 times that no number.
    return tried == 0 ? 0 : -Math.expm1(tried * Math.log1p(-probability));
  }

  /**
   * Returns the seconds from now until a solution is found with the given probability: a search has
   * no memory. Infinite while no rate is known.
   */
  public double secondsUntil(double confidence) {
    double rate = rate();
    return rate == 0
        ? Double.POSITIVE_INFINITY
        : Math.log1p(-confidence) / (Math.log1p(-probability) * rate);
  }
}
