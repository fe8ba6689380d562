package io.goldennonce.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import io.goldennonce.puzzle.TextTemplate;
import io.goldennonce.search.LowestHash;
import io.goldennonce.search.MessageTemplate;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LowestSoFarTest {
  private static final MessageTemplate TEMPLATE =
      TextTemplate.ofText("golden/{nonce}").messages(NonceEncoding.BASE64, HashFunction.SHA256);

  private static final SearchSpec SPEC = SearchSpec.ofLowestHash(TEMPLATE, new NonceRange(0, 1000));

  @Test
  void accept_onlyLowerOnes_areImprovementsAndToldOnce() {
    LowestSoFar lowest = new LowestSoFar(SPEC, Optional.empty());
    assertThat(lowest.found()).isEmpty();
    assertThat(lowest.probability()).isEqualTo(Math.scalb(1.0, -256));
    // By Python 3's hashlib, 74646 has the lowest hash of the first million.
    lowest.accept(at(5));
    assertThat(lowest.improvement()).contains(Solution.at(SPEC, 5));
    assertThat(lowest.improvement()).isEmpty();
    lowest.accept(at(74_646));
    assertThat(lowest.improvement()).contains(Solution.at(SPEC, 74_646));
    lowest.accept(at(5));
    lowest.accept(null);
    assertThat(lowest.improvement()).isEmpty();
    assertThat(lowest.found()).contains(Solution.at(SPEC, 74_646));
    assertThat(lowest.probability()).isBetween(Math.scalb(1.0, -19), Math.scalb(1.0, -18));
  }

  @Test
  void accept_aHashThatIsNotThere_isNotBelieved() {
    LowestSoFar lowest = new LowestSoFar(SPEC, Optional.of(new LowestHash(Hash256.ZERO, 7)));
    assertThat(lowest.found()).isEmpty();
    lowest.accept(at(9));
    lowest.accept(new LowestHash(Hash256.ZERO, 9));
    assertThat(lowest.found()).contains(Solution.at(SPEC, 9));
  }

  @Test
  void found_inASearchForATarget_isNothing() {
    SearchSpec spec = SearchSpec.of(TEMPLATE, Target.ofZeroBits(8), ResultMode.ANY);
    LowestSoFar lowest = new LowestSoFar(spec, Optional.of(at(9)));
    lowest.accept(at(10));
    assertThat(lowest.found()).isEmpty();
    assertThat(lowest.improvement()).isEmpty();
    assertThat(lowest.probability()).isEqualTo(1.0 / 256);
  }

  /** A difficulty that no hash meets is no wish for the lowest one. */
  @Test
  void found_inASearchForTheHashZero_isNothing() {
    SearchSpec spec = SearchSpec.of(TEMPLATE, Target.ofZeroBits(256), ResultMode.LOWEST_NONCE);
    assertThat(new LowestSoFar(spec, Optional.of(at(9))).found()).isEmpty();
  }

  private static LowestHash at(long position) {
    return new LowestHash(SPEC.hashAt(position), position);
  }
}
