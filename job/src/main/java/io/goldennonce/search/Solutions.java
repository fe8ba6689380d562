package io.goldennonce.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The solutions that a search ends with, as far as they are known: the first ones confirmed, or
 * those with the lowest positions. Not thread-safe.
 */
final class Solutions {
  private final SearchSpec spec;

  /** By position; never more than are asked for. */
  private final TreeMap<Long, Found> known = new TreeMap<>();

  /** Positions not given out yet. */
  private final TreeSet<Long> news = new TreeSet<>();

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
    Optional<Found> confirmed = Found.confirm(spec, position);
    if (confirmed.isEmpty()) {
      return false;
    }
    if (areEnough()) {
      if (spec.mode() == ResultMode.FIRST || position > known.lastKey()) {
        return true;
      }
      news.remove(known.pollLastEntry().getKey());
    }
    known.put(position, confirmed.get());
    news.add(position);
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
  List<Found> known() {
    return List.copyOf(known.values());
  }

  /**
   * Gives out what was not given out before.
   *
   * @param decided whether nothing can take their place any more; those that came first are sure at
   *     once
   */
  List<Found> takeNews(boolean decided) {
    if (news.isEmpty() || (spec.mode() == ResultMode.LOWEST && !decided)) {
      return List.of();
    }
    List<Found> taken = new ArrayList<>();
    for (Map.Entry<Long, Found> each : known.entrySet()) {
      if (news.contains(each.getKey())) {
        taken.add(each.getValue());
      }
    }
    news.clear();
    return taken;
  }
}
