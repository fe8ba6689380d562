package io.goldennonce.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Hash256;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GenesisTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void block_sameConfiguration_isTheSame() {
    Block block = Genesis.block(TIME, "Golden Nonce", 8);
    assertThat(Genesis.block(TIME, "Golden Nonce", 8)).isEqualTo(block);
    assertThat(block.height()).isZero();
    assertThat(block.header().previousHash()).isEqualTo(Hash256.ZERO);
    assertThat(block.header().time()).isEqualTo(TIME.getEpochSecond());
    assertThat(block.minedAt()).isEqualTo(TIME);
    assertThat(block.header().meetsTarget()).isTrue();
  }

  @Test
  void block_otherConfiguration_isAnother() {
    assertThat(
            Stream.of(
                    Genesis.block(TIME, "Golden Nonce", 8),
                    Genesis.block(TIME.plusSeconds(1), "Golden Nonce", 8),
                    Genesis.block(TIME, "Golden Nonces", 8),
                    Genesis.block(TIME, "Golden Nonce", 9))
                .map(Block::hash))
        .doesNotHaveDuplicates();
  }

  @Test
  void block_nonce_isTheLowest() {
    BlockHeader header = Genesis.block(TIME, "lowest", 10).header();
    assertThat(header.nonce()).isPositive();
    for (long nonce = 0; nonce < header.nonce(); nonce++) {
      assertThat(header.withNonce(nonce).meetsTarget()).isFalse();
    }
  }

  @Test
  void block_outOfRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Genesis.block(TIME, "a", 33))
        .withMessageContaining("got 33");
    assertThatIllegalArgumentException().isThrownBy(() -> Genesis.block(TIME, "a", -1));
  }
}
