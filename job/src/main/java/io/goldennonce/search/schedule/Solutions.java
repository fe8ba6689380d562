package io.goldennonce.search.schedule;

import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Collects the solutions of a search: the first ones confirmed, or those with the lowest positions.
 * Not thread-safe.
 */
final class Solutions {
  private final SearchSpec spec;

  /** By position; never more than requested. */
  private final TreeMap<Long, Solution> known = new TreeMap<>();

  /** Those that {@link #takeNews} has not returned yet. */
  private final TreeMap<Long, Solution> untaken = new TreeMap<>();

  Solutions(SearchSpec spec) {
    this.spec = spec;
  }

  /**
   * Verifies a proposed solution with {@code MessageDigest}, and adds it unless enough better ones
   * are known.
   *
   * @return whether it is a solution
   */
  boolean propose(long position) {
    if (known.containsKey(position)) {
      return true;
    }
    Optional<Solution> confirmed = Solution.confirm(spec, position);
    if (confirmed.isEmpty()) {
      return false;
    }
    if (areEnough()) {
      if (spec.mode() == ResultMode.ANY || position > known.lastKey()) {
        return true;
      }
      untaken.remove(known.pollLastEntry().getKey());
    }
    known.put(position, confirmed.get());
    untaken.put(position, confirmed.get());
    return true;
  }

  boolean areEnough() {
    return known.size() >= spec.solutions();
  }

  /** Returns the highest position needed, once enough solutions are known. */
  OptionalLong last() {
    return areEnough() ? OptionalLong.of(known.lastKey()) : OptionalLong.empty();
  }

  List<Solution> known() {
    return List.copyOf(known.values());
  }

  /**
   * Returns the solutions that have become final since the last call.
   *
   * @param decided whether no lower ones can replace them; the first ones confirmed are final at
   *     once
   */
  List<Solution> takeNews(boolean decided) {
    if (untaken.isEmpty() || (spec.mode() == ResultMode.LOWEST_NONCE && !decided)) {
      return List.of();
    }
    List<Solution> taken = List.copyOf(untaken.values());
    untaken.clear();
    return taken;
  }
}
