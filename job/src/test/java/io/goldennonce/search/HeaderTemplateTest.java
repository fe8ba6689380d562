package io.goldennonce.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTemplateTest {
  private static final long NONCES = 1L << 32;
  private static final long TIME = 1_700_000_000;
  private static final BlockHeader HEADER = header(TIME, 77);

  @Test
  void keyspace_noRoll_isTheNonces() {
    HeaderTemplate template = new HeaderTemplate(HEADER, 0);
    assertThat(template.keyspace()).isEqualTo(new NonceRange(0, NONCES));
    assertThat(template.at(0)).isEqualTo(header(TIME, 0));
    assertThat(template.at(NONCES - 1)).isEqualTo(header(TIME, NONCES - 1));
  }

  @Test
  void keyspace_roll_isTheNoncesOfEverySecond() {
    HeaderTemplate template = new HeaderTemplate(HEADER, 600);
    assertThat(template.keyspace()).isEqualTo(new NonceRange(0, 601 * NONCES));
    assertThat(template.at(NONCES)).isEqualTo(header(TIME + 1, 0));
    assertThat(template.at(601 * NONCES - 1)).isEqualTo(header(TIME + 600, NONCES - 1));
  }

  @Property
  void at_anyPosition_isTheVariantsMessage(
      @ForAll @LongRange(max = 601 * NONCES - 1) long position) {
    HeaderTemplate template = new HeaderTemplate(HEADER, 600);
    BlockHeader header = template.at(position);
    assertThat((header.time() - TIME) * NONCES + header.nonce()).isEqualTo(position);
    assertThat(template.variant(position / NONCES).message(position % NONCES))
        .isEqualTo(header.toBytes());
  }

  @Test
  void template_lastTimeThereIs_isTaken() {
    HeaderTemplate template = new HeaderTemplate(header(0xffff_fff0L, 0), 15);
    assertThat(template.at(template.keyspace().to() - 1).time()).isEqualTo(0xffff_ffffL);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 16, Long.MIN_VALUE, Long.MAX_VALUE})
  void template_rollOutOfATimesRange_isRefused(long seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HeaderTemplate(header(0xffff_fff0L, 0), seconds))
        .withMessage(
            "the time may roll by 0 to 15 seconds, since a header's time ends at 2^32-1, got "
                + seconds);
  }

  @Test
  void canonicalText_ofAnyNonce_isTheSame() {
    assertThat(new HeaderTemplate(HEADER, 0).canonicalText())
        .isEqualTo(new HeaderTemplate(header(TIME, 78), 0).canonicalText())
        .isNotEqualTo(new HeaderTemplate(header(TIME + 1, 77), 0).canonicalText());
  }

  private static BlockHeader header(long time, long nonce) {
    return BlockHeader.of(
        2, Hash256.ZERO, Hash256.ZERO, time, CompactBits.ofHex("1d00ffff"), nonce);
  }
}
