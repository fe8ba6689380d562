package io.goldennonce.search.schedule;

import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The solutions that a search ends with, as far as they are known: the first ones confirmed, or
 * those with the lowest positions. Not thread-safe.
 */
final class Solutions {
  private final SearchSpec spec;

  /** By position; never more than are asked for. */
  private final TreeMap<Long, Solution> known = new TreeMap<>();

  /** Those of them that were not given out yet. */
  private final TreeMap<Long, Solution> news = new TreeMap<>();

  Solutions(SearchSpec spec) {
    this.spec = spec;
  }

  /**
   * Takes a proposed solution in, unless enough are known that come before it.
   *
   * @return whether it is one; {@code MessageDigest} says so
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
      news.remove(known.pollLastEntry().getKey());
    }
    known.put(position, confirmed.get());
    news.put(position, confirmed.get());
    return true;
  }

  boolean areEnough() {
    return known.size() >= spec.solutions();
  }

  /** The highest position of those that are enough: nobody needs what lies above. */
  OptionalLong last() {
    return areEnough() ? OptionalLong.of(known.lastKey()) : OptionalLong.empty();
  }

  /** Ascending. */
  List<Solution> known() {
    return List.copyOf(known.values());
  }

  /**
   * Gives out what was not given out before.
   *
   * @param decided whether nothing can take their place any more; those that came first are sure at
   *     once
   */
  List<Solution> takeNews(boolean decided) {
    if (news.isEmpty() || (spec.mode() == ResultMode.LOWEST_NONCE && !decided)) {
      return List.of();
    }
    List<Solution> taken = List.copyOf(news.values());
    news.clear();
    return taken;
  }
}
