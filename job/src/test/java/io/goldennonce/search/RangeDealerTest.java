package io.goldennonce.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RangeDealerTest {
  @Test
  void next_oneSize_dealsInOrderWithARaggedTail() {
    RangeDealer dealer = new RangeDealer(List.of(new NonceRange(5, 12)));
    assertThat(dealer.next(3)).contains(new NonceRange(5, 8));
    assertThat(dealer.next(3)).contains(new NonceRange(8, 11));
    assertThat(dealer.isEmpty()).isFalse();
    assertThat(dealer.next(3)).contains(new NonceRange(11, 12));
    assertThat(dealer.isEmpty()).isTrue();
    assertThat(dealer.next(3)).isEmpty();
  }

  @Test
  void next_emptyKeyspace_isNothing() {
    RangeDealer dealer = new RangeDealer(List.of(new NonceRange(7, 7)));
    assertThat(dealer.isEmpty()).isTrue();
    assertThat(dealer.next(1)).isEmpty();
  }

  @Test
  void next_largestKeyspaceAndSize_doesNotOverflow() {
    RangeDealer dealer = new RangeDealer(List.of(new NonceRange(0, Long.MAX_VALUE)));
    assertThat(dealer.next(10)).contains(new NonceRange(0, 10));
    assertThat(dealer.next(Long.MAX_VALUE)).contains(new NonceRange(10, Long.MAX_VALUE));
    assertThat(dealer.next(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void next_sizeUnderOne_isRefused() {
    RangeDealer dealer = new RangeDealer(List.of(new NonceRange(0, 9)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dealer.next(0))
        .withMessage("a range must hold at least 1 position, got 0");
  }

  @Test
  void giveBack_severalInAnyOrder_areDealtLowestFirst() {
    RangeDealer dealer = new RangeDealer(List.of(new NonceRange(0, 100)));
    for (int i = 0; i < 5; i++) {
      dealer.next(10);
    }
    dealer.giveBack(new NonceRange(30, 40));
    dealer.giveBack(new NonceRange(10, 20));
    dealer.giveBack(new NonceRange(20, 25));
    assertThat(drained(dealer, 10))
        .startsWith(
            new NonceRange(10, 20),
            new NonceRange(20, 25),
            new NonceRange(30, 40),
            new NonceRange(50, 60))
        .endsWith(new NonceRange(90, 100));
  }

  @Test
  void cutAt_insideARange_leavesWhatIsBelow() {
    RangeDealer dealer = new RangeDealer(List.of(new NonceRange(0, 100)));
    dealer.next(40);
    dealer.giveBack(new NonceRange(10, 20));
    dealer.cutAt(50);
    assertThat(drained(dealer, 100))
        .containsExactly(new NonceRange(10, 20), new NonceRange(40, 50));
  }

  @Test
  void cutAt_belowAll_leavesNothing() {
    RangeDealer dealer = new RangeDealer(List.of(new NonceRange(10, 100)));
    dealer.cutAt(10);
    assertThat(dealer.isEmpty()).isTrue();
  }

  /** Against a set of bits, through any sequence of deals, give-backs of parts, and cuts. */
  @Property
  void ranges_dealtGivenBackAndCut_partitionTheKeyspace(
      @ForAll @IntRange(max = 50) int from,
      @ForAll @IntRange(max = 300) int size,
      @ForAll Random random) {
    RangeDealer dealer = new RangeDealer(List.of(new NonceRange(from, from + size)));
    BitSet left = new BitSet();
    left.set(from, from + size);
    List<NonceRange> out = new ArrayList<>();
    while (!left.isEmpty()) {
      int choice = random.nextInt(12);
      if (choice == 0) {
        int limit = from + random.nextInt(size + 1);
        dealer.cutAt(limit);
        left.clear(limit, from + size);
      } else if (choice < 4 && !out.isEmpty()) {
        NonceRange range = out.remove(random.nextInt(out.size()));
        long start = range.from() + random.nextLong(range.size() + 1);
        dealer.giveBack(new NonceRange(start, range.to()));
        left.set((int) start, (int) range.to());
      } else {
        int wanted = 1 + random.nextInt(40);
        NonceRange range = dealer.next(wanted).orElseThrow();
        assertThat(range.size()).isBetween(1L, (long) wanted);
        assertThat(range.from()).isEqualTo(left.nextSetBit(0));
        assertThat(left.nextClearBit((int) range.from())).isGreaterThanOrEqualTo((int) range.to());
        left.clear((int) range.from(), (int) range.to());
        out.add(range);
      }
      assertThat(dealer.isEmpty()).isEqualTo(left.isEmpty());
      assertThat(dealer.size()).isEqualTo(left.cardinality());
    }
    assertThat(dealer.next(1)).isEmpty();
  }

  private static List<NonceRange> drained(RangeDealer dealer, long size) {
    List<NonceRange> ranges = new ArrayList<>();
    for (Optional<NonceRange> range = dealer.next(size);
        range.isPresent();
        range = dealer.next(size)) {
      ranges.add(range.get());
    }
    return ranges;
  }
}
