package io.goldennonce.search;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param outcome how it ended
 * @param solutions those known of that were asked for, ascending, of earlier runs, too; in a search
 *     for the lowest hash, the lowest of all its runs
 * @param work how much was computed
 * @param startedAt when it began
 * @param elapsed from then to the find or the end
 * @param stopLatency from the driver's order to stop until its last task was idle; nothing where no
 *     task had to be stopped
 * @param slots tasks that could run at once
 * @param kernel the name of the kernel that scanned the most ranges, or nothing where none reported
 */
public record SearchResult(
    Outcome outcome,
    List<Solution> solutions,
    Work work,
    Instant startedAt,
    Duration elapsed,
    Optional<Duration> stopLatency,
    int slots,
    Optional<String> kernel) {

  public SearchResult {
    solutions = List.copyOf(solutions);
  }

  /** The solution with the lowest position, if there is one. */
  public Optional<Solution> found() {
    return solutions.stream().findFirst();
  }

  /**
   * Whether the run did what was asked: found as many solutions; or all there are, at least one,
   * where all were asked for; or, where the lowest hash was, came to the end of the keyspace or of
   * its time with one.
   */
  public boolean isSuccess(SearchSpec spec) {
    boolean hasLowest = spec.seeksLowestHash() && !solutions.isEmpty();
    boolean hasAll = spec.solutions() == SearchSpec.ALL && !solutions.isEmpty();
    return outcome == Outcome.FOUND
        || (outcome == Outcome.EXHAUSTED && (hasLowest || hasAll))
        || (outcome == Outcome.DEADLINE && hasLowest);
  }

  /** Whether the run ended without what was asked, though somebody still wanted it. */
  public boolean isFailure(SearchSpec spec) {
    return !isSuccess(spec) && outcome != Outcome.OUTDATED;
  }

  /**
   * How much was computed.
   *
   * @param hashes computed in this run: exact if {@code atMost} is the same, otherwise a lower
   *     bound, as an executor vanished with its last count
   * @param atMost upper bound of {@code hashes}
   * @param resumed positions that earlier runs had tried already
   * @param resumedTime how long these took: the union of their times, where they ran side by side
   */
  public record Work(long hashes, long atMost, long resumed, Duration resumedTime) {
    /** Whether {@code hashes} is exact. */
    public boolean isExact() {
      return hashes == atMost;
    }
  }
}
