package io.goldennonce.pow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.pow.RealHeaders.Checkpoint;
import io.goldennonce.pow.RealHeaders.WellKnown;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class BlockHeaderTest {
  private static final BlockHeader GENESIS = BlockHeader.ofHex(RealHeaders.WELL_KNOWN.get(0).hex());

  @ParameterizedTest
  @FieldSource("io.goldennonce.pow.RealHeaders#WELL_KNOWN")
  void hash_wellKnownHeader_isTheExplorers(WellKnown known) {
    BlockHeader header = BlockHeader.ofHex(known.hex());
    assertThat(header.hash()).hasToString(known.hash());
    assertThat(header.meetsTarget()).isTrue();
    assertThat(header.toHex()).isEqualTo(known.hex());
  }

  /** The fields of Bitcoin's first block: {@code CreateGenesisBlock} in Core's chainparams.cpp. */
  @Test
  void ofHex_genesis_hasCoresFields() {
    assertThat(GENESIS)
        .isEqualTo(
            BlockHeader.of(
                1,
                Hash256.ZERO,
                Hash256.ofDisplay(
                    "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"),
                1231006505L,
                CompactBits.ofHex("1d00ffff"),
                2083236893L));
  }

  @Test
  void checkpoints_all436_verifyAndReadBackTheSame() {
    List<Checkpoint> checkpoints = RealHeaders.checkpoints();
    assertThat(checkpoints).hasSize(436);
    assertThat(checkpoints)
        .allSatisfy(
            checkpoint -> {
              BlockHeader header = BlockHeader.ofHex(checkpoint.hex());
              assertThat(header.meetsTarget()).isTrue();
              assertThat(header.toHex()).isEqualTo(checkpoint.hex());
              assertThat(CompactBits.nearest(header.target())).isEqualTo(header.bits());
            });
  }

  @Test
  void meetsTarget_anotherNonce_isFalse() {
    assertThat(GENESIS.withNonce(GENESIS.nonce() + 1).meetsTarget()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"158, 79", "162, 81", "0, 0", "159, 159 digits", "161, 161 digits"})
  void ofHex_wrongLength_isRefused(int digits, String got) {
    assertThatThrownBy(() -> BlockHeader.ofHex("0".repeat(digits)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a header must have 80 bytes (160 hex digits), got " + got);
  }

  @Test
  void ofHex_notHex_isRefusedWithItsPlace() {
    assertThatThrownBy(() -> BlockHeader.ofHex("0".repeat(99) + "g" + "0".repeat(60)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a header must be hex digits, got 'g' at digit 100");
  }

  @Test
  void parse_wrongLength_isRefused() {
    assertThatThrownBy(() -> BlockHeader.parse(new byte[81]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a header must have 80 bytes (160 hex digits), got 81");
  }

  @Test
  void parse_bitsThatBitcoinRefuses_areRefused() {
    byte[] wire = GENESIS.toBytes();
    wire[74] = (byte) 0x80;
    assertThatThrownBy(() -> BlockHeader.parse(wire))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not be negative")
        .hasMessageEndingWith("got 1d80ffff");
  }

  @Test
  void parse_callersArrayChanges_headerDoesNot() {
    byte[] wire = GENESIS.toBytes();
    BlockHeader header = BlockHeader.parse(wire);
    wire[4] = 1;
    assertThat(header).isEqualTo(GENESIS);
  }

  @Test
  void with_past32Bits_isRefused() {
    assertThatThrownBy(() -> GENESIS.withNonce(1L << 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a header's nonce must be from 0 to 4294967295, got 4294967296");
    assertThatThrownBy(() -> GENESIS.withTime(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a header's time must be from 0 to 4294967295, got -1");
  }

  @Property
  void forms_anyHeader_readBackTheSame(
      @ForAll int version,
      @ForAll @Size(32) byte[] previous,
      @ForAll @LongRange(max = 0xffff_ffffL) long time,
      @ForAll @LongRange(max = 0xffff_ffffL) long nonce)
      throws Exception {
    Hash256 hash = Hash256.ofBytes(previous);
    BlockHeader header =
        BlockHeader.of(version, hash, hash.reversed(), 0, CompactBits.ofHex("207fffff"), 0)
            .withTime(time)
            .withNonce(nonce);
    assertThat(header.time()).isEqualTo(time);
    assertThat(header.nonce()).isEqualTo(nonce);
    assertThat(BlockHeader.parse(header.toBytes())).isEqualTo(header);
    assertThat(BlockHeader.ofHex(header.toHex())).isEqualTo(header);
    assertThat(Copies.bySerialization(header)).isEqualTo(header);
  }
}
