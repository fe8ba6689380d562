package io.goldennonce.pow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.pow.RealHeaders.Checkpoint;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChainWorkTest {
  /** {@code chainwork} of mainnet's blocks 0 and 1, as {@code getblockheader} prints it. */
  @Test
  void ofTarget_firstBlocks_isTheNodes() {
    ChainWork one = ChainWork.ofTarget(CompactBits.ofHex("1d00ffff").toTarget());
    assertThat(one).hasToString("0".repeat(55) + "100010001");
    assertThat(one.plus(one)).hasToString("0".repeat(55) + "200020002");
  }

  /**
   * bitcoinj's checkpoints carry the chain work up to each 2016th block. All blocks between two of
   * them have the bits of the first, so the sum can be made without them.
   */
  @Test
  void plus_wholeMainnet_isTheCheckpointsWork() {
    ChainWork before = ChainWork.ofTarget(CompactBits.ofHex("1d00ffff").toTarget());
    ChainWork sum = before;
    for (Checkpoint checkpoint : RealHeaders.checkpoints()) {
      for (int block = 1; block < 2016; block++) {
        sum = sum.plus(before);
      }
      before = ChainWork.ofTarget(BlockHeader.ofHex(checkpoint.hex()).target());
      sum = sum.plus(before);
      assertThat(sum.number()).as("%s", checkpoint.height()).isEqualTo(checkpoint.chainWork());
    }
  }

  @Test
  void ofTarget_edges_are1AndRefused() {
    assertThat(ChainWork.ofTarget(Target.ofZeroBits(0)).number()).isEqualTo(BigInteger.ONE);
    assertThat(ChainWork.ofTarget(Target.ofZeroBits(255)).toHex()).isEqualTo("8" + "0".repeat(63));
    assertThatThrownBy(() -> ChainWork.ofTarget(Target.ofZeroBits(256)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("chain work must be from 0 to 2^256 - 1, got 1" + "0".repeat(64) + " (hex)");
  }

  @Test
  void plus_past256Bits_isRefused() {
    ChainWork half = ChainWork.ofTarget(Target.ofZeroBits(255));
    assertThatThrownBy(() -> half.plus(half))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("chain work must be from 0 to 2^256 - 1");
  }

  @Test
  void ofHex_wrongLength_isRefused() {
    assertThatThrownBy(() -> ChainWork.ofHex("100010001"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("chain work must have 32 bytes (64 hex digits), got 9 digits");
  }

  @Property
  void toHex_anyTwo_orderAsTheNumbers(
      @ForAll @Size(max = 32) byte[] left, @ForAll @Size(max = 32) byte[] right) throws Exception {
    ChainWork a = work(left);
    ChainWork b = work(right);
    assertThat(Integer.signum(a.toHex().compareTo(b.toHex()))).isEqualTo(a.compareTo(b));
    assertThat(a.toHex()).hasSize(64);
    assertThat(ChainWork.ofHex(a.toHex())).isEqualTo(a).hasSameHashCodeAs(a);
    assertThat(Copies.bySerialization(a)).isEqualTo(a);
    assertThat(a.plus(ChainWork.ZERO)).isEqualTo(a);
  }

  private static ChainWork work(byte[] bytes) {
    return ChainWork.ofHex(String.format("%064x", new BigInteger(1, bytes)));
  }
}
