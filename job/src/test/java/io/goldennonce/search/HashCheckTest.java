package io.goldennonce.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an executor says that runs any program. */
class HashCheckTest {
  private static final NonceRange RANGE = new NonceRange(0, 4_096);
  private static final int BITS = 8;
  private static final BlockHeader HEADER =
      BlockHeader.ofHex("01" + "00".repeat(35) + "3b".repeat(32) + "29ab5f49ffff001d" + "00000000");

  private final SearchSpec spec = spec(Target.ofZeroBits(11));
  private final Shares shares = shares(spec);
  private final LowestHash lowest =
      shares
          .positions()
          .mapToObj(each -> new LowestHash(spec.distanceAt(each), each))
          .reduce((a, b) -> a.hash().compareTo(b.hash()) <= 0 ? a : b)
          .orElseThrow();

  private final List<Long> solutions =
      shares
          .positions()
          .filter(each -> spec.target().isMetBy(spec.distanceAt(each)))
          .boxed()
          .toList();

  @Test
  void confirms_whatIsTrue() {
    assertThat(shares.size()).isBetween(8, 32);
    assertThat(solutions).isNotEmpty();
    assertThat(confirms(solutions, lowest, shares)).isTrue();
    assertThat(confirms(List.of(), null, Shares.none(BITS))).isTrue();
  }

  @Test
  void confirms_aLowestHashThatIsNot_doesNot() {
    long other =
        shares.positions().filter(each -> each != lowest.position()).findFirst().orElseThrow();
    assertThat(confirms(solutions, null, shares)).isFalse();
    assertThat(confirms(solutions, new LowestHash(Hash256.ZERO, lowest.position()), shares))
        .isFalse();
    assertThat(confirms(solutions, new LowestHash(lowest.hash(), other), shares)).isFalse();
    assertThat(confirms(solutions, new LowestHash(spec.distanceAt(other), other), shares))
        .isFalse();
    LowestHash outside = new LowestHash(spec.distanceAt(RANGE.to()), RANGE.to());
    assertThat(confirms(List.of(), outside, Shares.none(BITS))).isFalse();
  }

  /** It would be the find that ends the search. */
  @Test
  void confirms_aSolutionThatIsOnlyListedAsAShare_doesNot() {
    assertThat(confirms(solutions.subList(1, solutions.size()), lowest, shares)).isFalse();
    SearchSpec easy = spec(Target.ofZeroBits(4));
    assertThat(HashCheck.of(easy).confirms(report(List.of(), lowest, shares), shares)).isFalse();
  }

  /** Anybody can state the true number of zero bits of a hash that is no share. */
  @ParameterizedTest
  @CsvSource({
    "true, 8, 8",
    "true, 8, 9",
    "false, 8, 3",
    "false, 8, 7",
    "false, 0, 0",
    "false, 256, 256"
  })
  void isPossible_sharesWithZeroBits(boolean possible, int bits, int zeroBits) throws Exception {
    assertThat(isPossible(forged(bits, new long[] {7}, zeroBits))).isEqualTo(possible);
  }

  @Test
  void isPossible_sharesTwiceOrInAnotherOrder_isNot() throws Exception {
    assertThat(isPossible(forged(8, new long[] {5, 7}, 8, 8))).isTrue();
    assertThat(isPossible(forged(8, new long[] {7, 7}, 8, 8))).isFalse();
    assertThat(isPossible(forged(8, new long[] {7, 5}, 8, 8))).isFalse();
    assertThat(isPossible(forged(8, new long[] {5, 7}, 8))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"true, 0, 0", "true, 0, 4096", "false, 0, 4097", "false, 0, -1", "false, 1, 4096"})
  void isPossible_ofPositions(boolean possible, long from, long end) {
    RangeReport report =
        report(new NonceRange(from, RANGE.to()), end, List.of(), null, Shares.NONE);
    assertThat(report.isPossible(RANGE)).isEqualTo(possible);
  }

  @ParameterizedTest
  @CsvSource({"true, 3, 99", "false, 3, 100", "false, -1, 99", "false, 7, 7", "false, 7, 3"})
  void isPossible_ofSolutions(boolean possible, long first, long second) {
    RangeReport report = report(RANGE, 100, List.of(first, second), null, Shares.NONE);
    assertThat(report.isPossible(RANGE)).isEqualTo(possible);
  }

  private static SearchSpec spec(Target target) {
    return SearchSpec.of(new HeaderTemplate(HEADER, 0), target, ResultMode.ANY);
  }

  private static Shares shares(SearchSpec spec) {
    Shares all = Shares.none(BITS);
    for (int position : IntStream.range(0, (int) RANGE.to()).toArray()) {
      all = all.plus(position, spec.distanceAt(position).leadingZeroBits());
    }
    return all;
  }

  private boolean confirms(List<Long> told, @Nullable LowestHash best, Shares found) {
    return HashCheck.of(spec).confirms(report(told, best, found), found);
  }

  private static boolean isPossible(Shares found) {
    return report(List.of(), null, found).isPossible(RANGE);
  }

  /** As another program serializes them. */
  private static Shares forged(int bits, long[] positions, int... zeroBits) throws Exception {
    byte[] bytes = new byte[zeroBits.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) zeroBits[i];
    }
    Constructor<Shares> constructor =
        Shares.class.getDeclaredConstructor(int.class, long[].class, byte[].class);
    constructor.setAccessible(true);
    return constructor.newInstance(bits, positions, bytes);
  }

  private static RangeReport report(List<Long> told, @Nullable LowestHash best, Shares found) {
    return report(RANGE, RANGE.to(), told, best, found);
  }

  private static RangeReport report(
      NonceRange range, long end, List<Long> told, @Nullable LowestHash best, Shares found) {
    return new RangeReport(
        1,
        range,
        1,
        end,
        told,
        RangeReport.Phase.DONE,
        1,
        best,
        found,
        "host",
        "1",
        "scalar",
        null);
  }
}
