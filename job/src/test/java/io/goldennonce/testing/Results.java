package io.goldennonce.testing;

import io.goldennonce.pow.Target;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * What searches come to that Spark has not run: one hash in one second, if nothing else is said.
 */
public final class Results {
  /** A puzzle whose lowest nonce is 133,050 by a full scan. */
  public static final SearchSpec PUZZLE =
      SearchSpec.of(
          Templates.pow("COMSM0010cloud".getBytes(StandardCharsets.UTF_8)),
          Target.ofZeroBits(16),
          ResultMode.ANY);

  private Results() {}

  /** Of {@link #PUZZLE}, solved with twice the work expected, of which an earlier run did some. */
  public static SearchResult ofPuzzle() {
    return new SearchResult(
        Outcome.FOUND,
        List.of(Solution.confirm(PUZZLE, 133_050).orElseThrow()),
        new SearchResult.Work(100_000, 100_000, 31_072, Duration.ZERO),
        Instant.EPOCH,
        Duration.ofMillis(1500),
        Optional.empty(),
        2,
        Optional.empty(),
        SearchResult.Evidence.NONE);
  }

  /** Of a search that is solved soon: with its lowest solution. */
  public static SearchResult solved(SearchSpec search) {
    return solved(search, position -> true);
  }

  /** Of a search that is solved soon: with its lowest solution among some positions. */
  public static SearchResult solved(SearchSpec search, LongPredicate positions) {
    Optional<Solution> found =
        LongStream.range(0, 1L << 32)
            .filter(positions)
            .mapToObj(position -> Solution.confirm(search, position))
            .flatMap(Optional::stream)
            .findFirst();
    return of(Outcome.FOUND, found.stream().toList());
  }

  /** Of a search that has found nothing. */
  public static SearchResult unsolved(Outcome outcome) {
    return of(outcome, List.of());
  }

  private static SearchResult of(Outcome outcome, List<Solution> solutions) {
    return new SearchResult(
        outcome,
        solutions,
        new SearchResult.Work(1, 1, 0, Duration.ZERO),
        Instant.ofEpochSecond(1_800_000_000),
        Duration.ofSeconds(1),
        Optional.empty(),
        1,
        Optional.empty(),
        SearchResult.Evidence.NONE);
  }
}
