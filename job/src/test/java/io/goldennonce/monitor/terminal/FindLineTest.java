package io.goldennonce.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.Target;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.testing.Templates;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindLineTest {
  private static final SearchSpec SPEC =
      SearchSpec.of(
          Templates.pow("COMSM0010cloud".getBytes(StandardCharsets.UTF_8)),
          Target.ofZeroBits(16),
          ResultMode.ANY);

  /** One that took twice the work expected. */
  private static final SearchResult FOUND =
      new SearchResult(
          Outcome.FOUND,
          List.of(Solution.confirm(SPEC, 133_050).orElseThrow()),
          new SearchResult.Work(100_000, 100_000, 31_072, Duration.ZERO),
          Instant.EPOCH,
          Duration.ofMillis(1500),
          Optional.empty(),
          2,
          Optional.empty(),
          SearchResult.Evidence.NONE);

  @Test
  void findLine_ofAFind_tellsHashNonceWorkTimeAndLuck() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new FindLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), "block 7", SPEC)
        .ended(FOUND);
    assertThat(bytes.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo(
            "block 7: found "
                + SPEC.hashAt(133_050).toDisplay()
                + ", nonce 133050, 131 k tried in 1.5 s, luck 50 %");
  }
}
