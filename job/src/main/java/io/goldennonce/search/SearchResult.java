package io.goldennonce.search;

import io.goldennonce.proof.TreeHead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The result of a run.
 *
 * @param outcome how it ended
 * @param solutions the requested solutions that are known, including those of earlier runs,
 *     ascending; in a search for the lowest hash, the lowest of all runs
 * @param work how much was computed
 * @param elapsed time from start to find or end
 * @param stopLatency time from the driver's stop request until the last task was idle; empty if no
 *     task had to be stopped
 * @param slots number of tasks that could run concurrently
 * @param kernel the name of the kernel that scanned the most ranges; empty if none reported
 * @param evidence what supports the claim that it scanned what it reports
 */
public record SearchResult(
    Outcome outcome,
    List<Solution> solutions,
    Work work,
    Instant startedAt,
    Duration elapsed,
    Optional<Duration> stopLatency,
    int slots,
    Optional<String> kernel,
    Evidence evidence) {

  public SearchResult {
    solutions = List.copyOf(solutions);
  }

  /** Returns the solution with the lowest position, if any. */
  public Optional<Solution> found() {
    return solutions.stream().findFirst();
  }

  /**
   * Whether the run met the request: it found the number of solutions asked for; it found all, at
   * least one, if all were asked for; or it reached the end of the keyspace or the deadline with a
   * lowest hash.
   */
  public boolean isSuccess(SearchSpec spec) {
    boolean hasLowest = spec.seeksLowestHash() && !solutions.isEmpty();
    boolean hasAll = spec.solutions() == SearchSpec.ALL && !solutions.isEmpty();
    return outcome == Outcome.FOUND
        || (outcome == Outcome.EXHAUSTED && (hasLowest || hasAll))
        || (outcome == Outcome.DEADLINE && hasLowest);
  }

  /** Whether the run did not meet the request, and was not outdated. */
  public boolean isFailure(SearchSpec spec) {
    return !isSuccess(spec) && outcome != Outcome.OUTDATED;
  }

  /**
   * What supports the claim that a run scanned what it reports.
   *
   * @param shareBits leading zero bits of the shares in its ledger; 0 if it has none
   * @param audits number of pieces of ranges that two executors have scanned
   * @param auditedHashes hashes of the second scans, not among those of {@link Work}
   * @param excluded the last 1,000 executors whose work was done again by others, each as {@code ID
   *     on HOST}
   * @param tree what commits to the search's ledger at the run's end ({@link
   *     io.goldennonce.search.ledger.LedgerTree}); empty if the ledger is not saved
   */
  public record Evidence(
      int shareBits,
      long audits,
      long auditedHashes,
      List<String> excluded,
      Optional<TreeHead> tree) {
    public static final Evidence NONE = new Evidence(0, 0, 0, List.of(), Optional.empty());

    public Evidence {
      excluded = List.copyOf(excluded);
    }

    /** Creates the evidence of a run that has not ended. */
    public Evidence(int shareBits, long audits, long auditedHashes, List<String> excluded) {
      this(shareBits, audits, auditedHashes, excluded, Optional.empty());
    }

    Evidence with(TreeHead newTree) {
      return new Evidence(shareBits, audits, auditedHashes, excluded, Optional.of(newTree));
    }
  }

  /** Returns the result with what commits to the search's ledger. */
  public SearchResult with(TreeHead newTree) {
    return new SearchResult(
        outcome,
        solutions,
        work,
        startedAt,
        elapsed,
        stopLatency,
        slots,
        kernel,
        evidence.with(newTree));
  }

  /**
   * The amount of work.
   *
   * @param hashes hashes computed in this run; a lower bound if an executor was lost with its last
   *     count, otherwise equal to {@code atMost}
   * @param atMost upper bound of {@code hashes}
   * @param resumed positions tried by earlier runs
   * @param resumedTime the time these took; concurrent work counts once
   */
  public record Work(long hashes, long atMost, long resumed, Duration resumedTime) {
    public boolean isExact() {
      return hashes == atMost;
    }
  }
}
