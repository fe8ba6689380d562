package io.goldennonce.search.schedule;

import io.goldennonce.pow.Target;
import io.goldennonce.search.LowestHash;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the lowest reported hash that {@code MessageDigest} confirms, in a search for the lowest
 * hash; empty in any other.
 */
final class LowestSoFar {
  private final SearchSpec spec;
  private @Nullable Solution lowest;
  private boolean isNews;

  LowestSoFar(SearchSpec spec, Optional<LowestHash> earlier) {
    this.spec = spec;
    earlier.ifPresent(this::accept);
  }

  void accept(@Nullable LowestHash reported) {
    if (reported == null
        || !spec.seeksLowestHash()
        || (lowest != null && reported.hash().compareTo(lowest.hash()) >= 0)) {
      return;
    }
    Solution found = Solution.at(spec, reported.position());
    // Otherwise it came from a broken machine or file.
    if (found.hash().equals(reported.hash())) {
      lowest = found;
      isNews = true;
    }
  }

  Optional<Solution> found() {
    return Optional.ofNullable(lowest);
  }

  /** Returns the lowest hash, if it was not returned before. */
  Optional<Solution> improvement() {
    boolean wasNews = isNews;
    isNews = false;
    return wasNews ? found() : Optional.empty();
  }

  /** Returns the probability that one hash meets the target or is lower than the lowest. */
  double probability() {
    return lowest == null
        ? spec.target().probability()
        : Target.of(lowest.hash().toNumber()).probability();
  }
}
