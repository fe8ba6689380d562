package io.goldennonce.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.goldennonce.search.NonceRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RangeAllocatorTest {
  @Test
  void next_oneSize_allocatesInOrderWithARaggedTail() {
    RangeAllocator allocator = new RangeAllocator(List.of(new NonceRange(5, 12)));
    assertThat(allocator.next(3)).contains(new NonceRange(5, 8));
    assertThat(allocator.next(3)).contains(new NonceRange(8, 11));
    assertThat(allocator.isEmpty()).isFalse();
    assertThat(allocator.next(3)).contains(new NonceRange(11, 12));
    assertThat(allocator.isEmpty()).isTrue();
    assertThat(allocator.next(3)).isEmpty();
  }

  @Test
  void next_emptyKeyspace_isNothing() {
    RangeAllocator allocator = new RangeAllocator(List.of(new NonceRange(7, 7)));
    assertThat(allocator.isEmpty()).isTrue();
    assertThat(allocator.next(1)).isEmpty();
  }

  @Test
  void next_largestKeyspaceAndSize_doesNotOverflow() {
    RangeAllocator allocator = new RangeAllocator(List.of(new NonceRange(0, Long.MAX_VALUE)));
    assertThat(allocator.next(10)).contains(new NonceRange(0, 10));
    assertThat(allocator.next(Long.MAX_VALUE)).contains(new NonceRange(10, Long.MAX_VALUE));
    assertThat(allocator.next(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void next_sizeUnderOne_isRefused() {
    RangeAllocator allocator = new RangeAllocator(List.of(new NonceRange(0, 9)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allocator.next(0))
        .withMessage("a range must hold at least 1 position, got 0");
  }

  @Test
  void giveBack_severalInAnyOrder_areAllocatedLowestFirst() {
    RangeAllocator allocator = new RangeAllocator(List.of(new NonceRange(0, 100)));
    for (int i = 0; i < 5; i++) {
      allocator.next(10);
    }
    allocator.giveBack(new NonceRange(30, 40));
    allocator.giveBack(new NonceRange(10, 20));
    allocator.giveBack(new NonceRange(20, 25));
    assertThat(drained(allocator, 10))
        .startsWith(
            new NonceRange(10, 20),
            new NonceRange(20, 25),
            new NonceRange(30, 40),
            new NonceRange(50, 60))
        .endsWith(new NonceRange(90, 100));
  }

  @Test
  void cutAt_insideARange_leavesWhatIsBelow() {
    RangeAllocator allocator = new RangeAllocator(List.of(new NonceRange(0, 100)));
    allocator.next(40);
    allocator.giveBack(new NonceRange(10, 20));
    allocator.cutAt(50);
    assertThat(drained(allocator, 100))
        .containsExactly(new NonceRange(10, 20), new NonceRange(40, 50));
  }

  @Test
  void cutAt_belowAll_leavesNothing() {
    RangeAllocator allocator = new RangeAllocator(List.of(new NonceRange(10, 100)));
    allocator.cutAt(10);
    assertThat(allocator.isEmpty()).isTrue();
  }

  /** Against a set of bits, through any sequence of allocations, give-backs of parts, and cuts. */
  @Property
  void ranges_allocatedGivenBackAndCut_partitionTheKeyspace(
      @ForAll @IntRange(max = 50) int from,
      @ForAll @IntRange(max = 300) int size,
      @ForAll Random random) {
    RangeAllocator allocator = new RangeAllocator(List.of(new NonceRange(from, from + size)));
    BitSet left = new BitSet();
    left.set(from, from + size);
    List<NonceRange> out = new ArrayList<>();
    while (!left.isEmpty()) {
      int choice = random.nextInt(12);
      if (choice == 0) {
        int limit = from + random.nextInt(size + 1);
        allocator.cutAt(limit);
        left.clear(limit, from + size);
      } else if (choice < 4 && !out.isEmpty()) {
        NonceRange range = out.remove(random.nextInt(out.size()));
        long start = range.from() + random.nextLong(range.size() + 1);
        allocator.giveBack(new NonceRange(start, range.to()));
        left.set((int) start, (int) range.to());
      } else {
        int wanted = 1 + random.nextInt(40);
        NonceRange range = allocator.next(wanted).orElseThrow();
        assertThat(range.size()).isBetween(1L, (long) wanted);
        assertThat(range.from()).isEqualTo(left.nextSetBit(0));
        assertThat(left.nextClearBit((int) range.from())).isGreaterThanOrEqualTo((int) range.to());
        left.clear((int) range.from(), (int) range.to());
        out.add(range);
      }
      assertThat(allocator.isEmpty()).isEqualTo(left.isEmpty());
      assertThat(allocator.size()).isEqualTo(left.cardinality());
    }
    assertThat(allocator.next(1)).isEmpty();
  }

  private static List<NonceRange> drained(RangeAllocator allocator, long size) {
    List<NonceRange> ranges = new ArrayList<>();
    for (Optional<NonceRange> range = allocator.next(size);
        range.isPresent();
        range = allocator.next(size)) {
      ranges.add(range.get());
    }
    return ranges;
  }
}
