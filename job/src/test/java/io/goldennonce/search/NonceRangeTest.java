package io.goldennonce.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NonceRangeTest {
  private static final int SIZE = 60;

  @Test
  void of_boundsThatAreNoRange_isRefused() {
    assertThatThrownBy(() -> new NonceRange(-1, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NonceRange(3, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void without_rangesThatReachToTheLastPosition_leavesTheFirstParts() {
    NonceRange all = new NonceRange(0, Long.MAX_VALUE);

    assertThat(all.without(List.of())).containsExactly(all);
    assertThat(all.without(List.of(all))).isEmpty();
    assertThat(all.without(List.of(new NonceRange(5, 9), new NonceRange(7, Long.MAX_VALUE))))
        .containsExactly(new NonceRange(0, 5));
  }

  /** The law: each position of the range is in one of the others or in one part that is left. */
  @Property
  void without_anyRanges_leavesExactlyThePositionsOfNone(
      @ForAll("ranges") NonceRange range,
      @ForAll @Size(max = 8) List<@From("ranges") NonceRange> others) {
    List<NonceRange> sorted = new ArrayList<>(others);
    sorted.sort(Comparator.comparingLong(NonceRange::from));

    List<NonceRange> left = range.without(sorted);

    for (long position = 0; position < SIZE; position++) {
      long at = position;
      boolean isLeft = range.contains(at) && others.stream().noneMatch(other -> other.contains(at));
      assertThat(left.stream().filter(part -> part.contains(at)).count())
          .as("position %d", at)
          .isEqualTo(isLeft ? 1 : 0);
    }
    assertThat(left).noneMatch(NonceRange::isEmpty);
    assertThat(left).isSortedAccordingTo(Comparator.comparingLong(NonceRange::from));
  }

  @Provide
  static Arbitrary<NonceRange> ranges() {
    Arbitrary<Integer> bound = Arbitraries.integers().between(0, SIZE);
    return Combinators.combine(bound, bound)
        .as((a, b) -> new NonceRange(Math.min(a, b), Math.max(a, b)));
  }
}
