package io.goldennonce.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.search.NonceRange;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExecutorRangesTest {
  @Test
  void remove_whatTouches_isOne() {
    ExecutorRanges ranges = new ExecutorRanges(100);
    ranges.add("a", new NonceRange(20, 30));
    ranges.add("a", new NonceRange(0, 10));
    ranges.add("a", new NonceRange(10, 20));
    ranges.add("a", new NonceRange(7, 7));
    ranges.add("a", new NonceRange(40, 50));
    ranges.add("b", new NonceRange(30, 40));
    assertThat(ranges.remove("a")).containsExactly(new NonceRange(0, 30), new NonceRange(40, 50));
    assertThat(ranges.remove("a")).isEmpty();
    assertThat(ranges.size()).isEqualTo(1);
  }

  /** Against a set of bits: exact while there is room, never less than what was added, bounded. */
  @Property
  void ranges_ofSomeExecutors_coverTheirOwnInBoundedMemory(
      @ForAll @IntRange(min = 20, max = 200) int most, @ForAll Random random) {
    ExecutorRanges ranges = new ExecutorRanges(most);
    Map<String, BitSet> added = new HashMap<>();
    int count = random.nextInt(400);
    for (int i = 0; i < count; i++) {
      String executor = "e" + random.nextInt(4);
      int from = random.nextInt(10_000);
      int to = from + random.nextInt(5);
      ranges.add(executor, new NonceRange(from, to));
      added.computeIfAbsent(executor, any -> new BitSet()).set(from, to);
      assertThat(ranges.size()).isLessThanOrEqualTo(most);
    }
    added.forEach(
        (executor, expected) -> {
          BitSet covered = new BitSet();
          List<NonceRange> removed = ranges.remove(executor);
          removed.forEach(range -> covered.set((int) range.from(), (int) range.to()));
          if (count <= most) {
            assertThat(covered).isEqualTo(expected);
          }
          expected.andNot(covered);
          assertThat(expected.isEmpty()).isTrue();
          for (int i = 1; i < removed.size(); i++) {
            assertThat(removed.get(i).from()).isGreaterThan(removed.get(i - 1).to());
          }
        });
    assertThat(ranges.size()).isZero();
  }
}
