package io.goldennonce.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.goldennonce.kernel.ScanResult;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RangeSearcherTest {
  private static final long NONCES = 1L << 32;

  /** Bitcoin's genesis header, its nonce zeroed. */
  private static final BlockHeader GENESIS =
      BlockHeader.ofHex(
          "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b2"
              + "7ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d00000000");

  private static final long GENESIS_NONCE = 2_083_236_893L;

  private static final HeaderTemplate TWO_SECONDS = new HeaderTemplate(GENESIS, 2);

  @Test
  void search_genesis_endsBehindItsNonce() {
    SearchSpec spec =
        SearchSpec.of(new HeaderTemplate(GENESIS, 0), GENESIS.target(), ResultMode.ANY);
    NonceRange range = new NonceRange(GENESIS_NONCE - 3000, GENESIS_NONCE + 3000);
    assertThat(new RangeSearcher(spec, "auto").search(range, () -> false))
        .isEqualTo(new ScanResult(GENESIS_NONCE + 1, true));
  }

  @Test
  void search_acrossVariantsWithoutAHit_triesAll() {
    NonceRange range = new NonceRange(NONCES - 500, NONCES + 500);
    assertThat(searcher(Target.ofZeroBits(256), "auto").search(range, () -> false))
        .isEqualTo(new ScanResult(NONCES + 500, false));
  }

  @Test
  void search_emptyRange_triesNothing() {
    assertThat(searcher(Target.ofZeroBits(0), "auto").search(new NonceRange(9, 9), () -> false))
        .isEqualTo(new ScanResult(9, false));
  }

  @Test
  void search_lastPositionOfTheKeyspace_isTried() {
    NonceRange last = new NonceRange(3 * NONCES - 1, 3 * NONCES);
    assertThat(searcher(Target.ofZeroBits(0), "auto").search(last, () -> false))
        .isEqualTo(new ScanResult(3 * NONCES, true));
  }

  /** A hit is the lowest there is, wherever the border between two variants lies. */
  @Property(tries = 60)
  void search_rangeAcrossABorder_findsTheLowestThatIsConfirmed(
      @ForAll @IntRange(min = 1, max = 2) int border,
      @ForAll @IntRange(max = 300) int before,
      @ForAll @IntRange(max = 300) int after,
      @ForAll @IntRange(min = 5, max = 10) int zeroBits,
      @ForAll boolean superword) {
    SearchSpec spec =
        SearchSpec.of(TWO_SECONDS, Target.ofZeroBits(zeroBits), ResultMode.LOWEST_NONCE);
    NonceRange range = new NonceRange(border * NONCES - before, border * NONCES + after);
    ScanResult expected =
        LongStream.range(range.from(), range.to())
            .filter(position -> Solution.confirm(spec, position).isPresent())
            .mapToObj(position -> new ScanResult(position + 1, true))
            .findFirst()
            .orElse(new ScanResult(range.to(), false));
    RangeSearcher searcher = new RangeSearcher(spec, superword ? "superword" : "message-digest");
    assertThat(searcher.search(range, () -> false)).isEqualTo(expected);
  }

  @Test
  void search_toldToStop_saysHowFarItCame() {
    long[] asked = {0};
    NonceRange range = new NonceRange(NONCES - 50_000_000, NONCES + 50_000_000);
    ScanResult result =
        searcher(Target.ofZeroBits(256), "message-digest").search(range, () -> ++asked[0] > 3);
    assertThat(result.hit()).isFalse();
    assertThat(result.end()).isGreaterThan(range.from()).isLessThan(range.to());
  }

  @Test
  void search_afterAReset_findsTheRangesOwnBest() {
    RangeSearcher searcher = searcher(Target.ofZeroBits(200), "message-digest");
    NonceRange first = new NonceRange(0, 5_000);
    NonceRange second = new NonceRange(5_000, 6_000);
    searcher.search(first, () -> false);
    searcher.reset(0);
    assertThat(searcher.best()).isEmpty();
    searcher.search(second, () -> false);
    RangeSearcher fresh = searcher(Target.ofZeroBits(200), "message-digest");
    fresh.search(second, () -> false);
    assertThat(searcher.best()).isPresent().isEqualTo(fresh.best());
  }

  @Property(tries = 30)
  void search_withAShareTarget_reportsAllSharesAndNoOther(
      @ForAll @IntRange(min = 4, max = 14) int shareBits,
      @ForAll @IntRange(min = 6, max = 13) int zeroBits,
      @ForAll @IntRange(min = 0, max = 20_000) int before,
      @ForAll("kernels") String kernel) {
    NonceRange range = new NonceRange(NONCES - before, NONCES + 20_000);
    RangeSearcher searcher = searcher(Target.ofZeroBits(zeroBits), kernel);
    searcher.reset(shareBits);
    List<Long> solutions = new ArrayList<>();
    long at = range.from();
    while (at < range.to()) {
      ScanResult result = searcher.search(new NonceRange(at, range.to()), () -> false);
      at = result.end();
      if (result.hit()) {
        solutions.add(at - 1);
      }
    }
    assertThat(searcher.shares().bits()).isEqualTo(shareBits);
    assertThat(searcher.shares().positions().boxed()).isEqualTo(meeting(shareBits, range));
    assertThat(solutions).isEqualTo(meeting(zeroBits, range));
  }

  @Provide
  Arbitrary<String> kernels() {
    return Arbitraries.of("message-digest", "superword");
  }

  private static List<Long> meeting(int zeroBits, NonceRange range) {
    SearchSpec spec = SearchSpec.of(TWO_SECONDS, Target.ofZeroBits(zeroBits), ResultMode.ANY);
    return LongStream.range(range.from(), range.to())
        .filter(position -> Solution.confirm(spec, position).isPresent())
        .boxed()
        .toList();
  }

  @Test
  void searcher_unknownKernel_isRefusedWithTheNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> searcher(Target.ofZeroBits(1), "warp"))
        .withMessageContaining("message-digest")
        .withMessageEndingWith("got warp");
  }

  private static RangeSearcher searcher(Target target, String kernel) {
    return new RangeSearcher(SearchSpec.of(TWO_SECONDS, target, ResultMode.ANY), kernel);
  }
}
