package io.goldennonce.search.schedule;

import io.goldennonce.pow.Target;
import io.goldennonce.search.LowestHash;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * In a search for the lowest hash, the lowest that was reported and that {@code MessageDigest}
 * confirms; in any other, nothing.
 */
final class LowestSoFar {
  private final SearchSpec spec;
  private @Nullable Solution lowest;
  private boolean isNews;

  /**
   * @param earlier the lowest of earlier runs, if any
   */
  LowestSoFar(SearchSpec spec, Optional<LowestHash> earlier) {
    this.spec = spec;
    earlier.ifPresent(this::accept);
  }

  /** Takes in what an attempt says is its lowest. */
  void accept(@Nullable LowestHash reported) {
    if (reported == null
        || !spec.seeksLowestHash()
        || (lowest != null && reported.hash().compareTo(lowest.hash()) >= 0)) {
      return;
    }
    Solution found = Solution.at(spec, reported.position());
    // A hash that is not what it was said to be came from a broken machine or file.
    if (found.hash().equals(reported.hash())) {
      lowest = found;
      isNews = true;
    }
  }

  Optional<Solution> found() {
    return Optional.ofNullable(lowest);
  }

  /** The lowest, where it has not been given out before. */
  Optional<Solution> improvement() {
    boolean wasNews = isNews;
    isNews = false;
    return wasNews ? found() : Optional.empty();
  }

  /** The chance that one hash is what the search looks for: meets the target, or is lower. */
  double probability() {
    return lowest == null
        ? spec.target().probability()
        : Target.of(lowest.hash().toNumber()).probability();
  }
}
