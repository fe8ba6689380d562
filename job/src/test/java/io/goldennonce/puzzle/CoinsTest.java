package io.goldennonce.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.goldennonce.pow.Hash256;
import io.goldennonce.search.NonceRange;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoinsTest {
  /** SplitMix64 from the state 0, as the JDK has it; the first number is widely published. */
  @Test
  void candidate_ofEachPosition_isTheStreamsNextFourNumbers() {
    SplittableRandom stream = new SplittableRandom(0);
    for (long position = 0; position < 1000; position++) {
      ByteBuffer four = ByteBuffer.allocate(32);
      for (int word = 0; word < 4; word++) {
        four.putLong(stream.nextLong());
      }
      assertThat(Coins.candidate(position)).isEqualTo(four.array());
    }
    assertThat(HexFormat.of().formatHex(Coins.candidate(0))).startsWith("e220a8397b1dcdaf");
  }

  /** Counted by Python 3 with a SplitMix64 of its own and hashlib. */
  @ParameterizedTest
  @CsvSource({
    "0, 100, 1864, 0017b01fd90434b9b2ee1336d8bc18d8b68f9955b46784f26d7a101459fd82cb",
    "7, 500, 7269, 0002d586246a3c76e94ac33eaf86648a844536e7015f09a9fd47c31722bab594",
    "7, 1000, 15520, 00005c0b9f2c612635ee87e6158bc573bcfa35e9c4bce2d10b94eda313922a9b",
  })
  void count_ofASeedsFirstCoins_isPythons(int seed, long coins, long hashes, String lowest) {
    NonceRange candidates = Coins.candidates(seed);
    CoinCount count = Coins.count(candidates, coins, () -> false);
    assertThat(count.coins()).isEqualTo(coins);
    assertThat(count.range())
        .isEqualTo(new NonceRange(candidates.from(), candidates.from() + hashes));
    assertThat(count.lowest().toHex()).isEqualTo(lowest);
  }

  /** By the same Python. */
  @ParameterizedTest
  @CsvSource({
    "0, 100000, 6279, 00003d2064236c9b99f650432d8453de86f45351a8f65eabff0aa832b99afada",
    "7, 20000, 1262, 00005c0b9f2c612635ee87e6158bc573bcfa35e9c4bce2d10b94eda313922a9b",
  })
  void count_ofSomeCandidates_isPythons(int seed, long hashes, long coins, String lowest) {
    long from = Coins.candidates(seed).from();
    NonceRange range = new NonceRange(from, from + hashes);
    assertThat(Coins.count(range, Long.MAX_VALUE, () -> false))
        .isEqualTo(new CoinCount(range, coins, Hash256.ofHex(lowest)));
  }

  @Test
  void coins_ofSeveralSeeds_haveAHashEach() {
    Set<Hash256> hashes = new HashSet<>();
    long coins = 0;
    for (int seed : new int[] {0, 1, 2, 3, 4, 1000, Coins.LAST_SEED}) {
      long from = Coins.candidates(seed).from();
      for (long position = from; position < from + 20_000; position++) {
        Hash256 hash = Hash256.sha256(Coins.candidate(position));
        if (hash.toHex().startsWith("0")) {
          hashes.add(hash);
        }
      }
      coins +=
          Coins.count(new NonceRange(from, from + 20_000), Long.MAX_VALUE, () -> false).coins();
    }
    assertThat(hashes).hasSize((int) coins);
  }

  @Property(tries = 50)
  void count_inTwoParts_mergesToTheWhole(
      @ForAll @LongRange(max = (1L << 62) - 1000) long from,
      @ForAll @IntRange(max = 500) int first,
      @ForAll @IntRange(max = 500) int second) {
    NonceRange left = new NonceRange(from, from + first);
    NonceRange right = new NonceRange(left.to(), left.to() + second);
    CoinCount merged =
        Coins.count(left, 9999, () -> false).mergedWith(Coins.count(right, 9999, () -> false));
    assertThat(merged).isEqualTo(Coins.count(new NonceRange(from, right.to()), 9999, () -> false));
  }

  @Test
  void count_toldToStop_saysHowFarItCame() {
    int[] polls = {3};
    CoinCount count = Coins.count(new NonceRange(5, 1L << 40), 1L << 40, () -> polls[0]-- == 0);
    assertThat(count.range()).isEqualTo(new NonceRange(5, 5 + 3 * 1024));
    assertThat(count)
        .isEqualTo(Coins.count(new NonceRange(5, 5 + 3 * 1024), 1L << 40, () -> false));
  }

  @Test
  void candidates_ofAllSeeds_areStretchesSideBySide() {
    assertThat(Coins.candidates(0)).isEqualTo(new NonceRange(0, 1L << 42));
    assertThat(Coins.candidates(1).from()).isEqualTo(Coins.candidates(0).to());
    assertThat(Coins.candidates(Coins.LAST_SEED).to()).isEqualTo(1L << 62);
    for (int seed : new int[] {-1, Coins.LAST_SEED + 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Coins.candidates(seed))
          .withMessage("a seed must be from 0 to 1048575, got " + seed);
    }
  }
}
