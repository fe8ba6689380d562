package io.goldennonce.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CoverageHistogramTest {
  @Test
  void strip_ofAHugeKeyspace_endsAboveWhatWasDealt() {
    CoverageHistogram strip =
        CoverageHistogram.of(
            new NonceRange(0, Long.MAX_VALUE),
            1000,
            List.of(new NonceRange(0, 500)),
            List.of(new NonceRange(500, 1000)));
    assertThat(strip.to()).isEqualTo(1250);
    assertThat(sum(strip.tried())).isCloseTo(0.4, within(1e-9));
    assertThat(sum(strip.inFlight())).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void strip_ofAnExhaustedKeyspace_isFull() {
    NonceRange keyspace = new NonceRange(7, 5000);
    CoverageHistogram strip =
        CoverageHistogram.of(keyspace, 5000, List.of(keyspace), List.of(keyspace));
    assertThat(new NonceRange(strip.from(), strip.to())).isEqualTo(keyspace);
    assertThat(sum(strip.tried())).isCloseTo(1, within(1e-9));
    assertThat(sum(strip.inFlight())).isCloseTo(0, within(1e-9));
  }

  @Property
  void strip_ofAnything_holdsShares(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long a,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long b,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long c) {
    NonceRange keyspace = new NonceRange(Math.min(a, b), Math.max(a, b));
    long middle = Math.max(keyspace.from(), Math.min(keyspace.to(), c));
    NonceRange low = new NonceRange(keyspace.from(), middle);
    NonceRange high = new NonceRange(middle, keyspace.to());
    CoverageHistogram strip =
        CoverageHistogram.of(keyspace, middle, List.of(low), List.of(low, high));
    assertThat(strip.to()).isLessThanOrEqualTo(keyspace.to());
    for (int i = 0; i < strip.tried().size(); i++) {
      assertThat(strip.tried().get(i)).isBetween(0.0, 1.0);
      assertThat(strip.tried().get(i) + strip.inFlight().get(i)).isBetween(0.0, 1.0 + 1e-9);
    }
  }

  private static double sum(List<Double> shares) {
    return shares.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
