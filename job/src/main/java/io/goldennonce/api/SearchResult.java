package io.goldennonce.api;

import io.goldennonce.search.SearchSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The result of a search. Immutable. */
public final class SearchResult {
  private final io.goldennonce.search.SearchResult result;
  private final List<Solution> solutions;

  SearchResult(SearchSpec search, io.goldennonce.search.SearchResult result) {
    this.result = result;
    this.solutions =
        result.solutions().stream().map(solution -> new Solution(search, solution)).toList();
  }

  /** Returns how the search ended. */
  public Outcome outcome() {
    return Outcome.of(result.outcome());
  }

  /** Returns the solution with the lowest nonce of those that were found; empty if none was. */
  public Optional<Solution> solution() {
    return solutions.stream().findFirst();
  }

  /** Returns the solutions that were found, ascending. */
  public List<Solution> solutions() {
    return solutions;
  }

  /**
   * Returns the number of hashes that were computed. It is exact unless an executor was lost with
   * its last count: then it is a lower bound, and {@link #hashesAtMost} is the upper one.
   */
  public long hashes() {
    return result.work().hashes();
  }

  /** Returns an upper bound of {@link #hashes}: the same number if that is exact. */
  public long hashesAtMost() {
    return result.work().atMost();
  }

  /** Returns the time from the start to the find, or to the end. */
  public Duration elapsed() {
    return result.elapsed();
  }

  /** Returns the name of the kernel that scanned the most; empty if none has scanned anything. */
  public Optional<String> kernel() {
    return result.kernel();
  }

  /** Returns outcome, solutions and hashes, to print. */
  @Override
  public String toString() {
    return outcome() + " " + solutions + ", " + hashes() + " hashes";
  }
}
