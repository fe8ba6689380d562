package io.goldennonce.pow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Hash256Test {
  private static final String GENESIS =
      "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";
  private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

  /** NIST's one-block example for SHA-256 of FIPS 180-4. */
  @Test
  void sha256_abc_isTheStandardsExample() {
    assertThat(Hash256.sha256(ABC).toHex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void sha256d_message_isTheHashOfTheHash() {
    assertThat(Hash256.sha256d(ABC)).isEqualTo(Hash256.sha256(Hash256.sha256(ABC).toBytes()));
  }

  @Test
  void ofDisplay_genesis_readsBytesReversed() {
    Hash256 hash = Hash256.ofDisplay(GENESIS);
    assertThat(hash.toHex())
        .isEqualTo("6fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000");
    assertThat(hash).hasToString(GENESIS);
    assertThat(hash.toNumber()).isEqualTo(new BigInteger(GENESIS, 16));
  }

  @Test
  void ofBytes_callersArrayChanges_hashDoesNot() {
    byte[] bytes = new byte[32];
    Hash256 hash = Hash256.ofBytes(bytes);
    bytes[0] = 1;
    hash.toBytes()[1] = 1;
    assertThat(hash).isEqualTo(Hash256.ZERO);
  }

  @Test
  void ofBytes_wrongLength_isRefused() {
    assertThatThrownBy(() -> Hash256.ofBytes(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a hash must have 32 bytes, got 31");
  }

  @Test
  void ofHex_badText_isRefusedWithWhatAndWhere() {
    assertThatThrownBy(() -> Hash256.ofHex("0".repeat(63)))
        .hasMessage("a hash must have 32 bytes (64 hex digits), got 63 digits");
    assertThatThrownBy(() -> Hash256.ofHex("0".repeat(66)))
        .hasMessage("a hash must have 32 bytes (64 hex digits), got 33");
    assertThatThrownBy(() -> Hash256.ofDisplay("0x" + "0".repeat(62)))
        .hasMessage("a hash must be hex digits, got 'x' at digit 2");
    assertThatThrownBy(() -> Hash256.ofDisplay("0".repeat(63) + "\n"))
        .hasMessage("a hash must be hex digits, got U+000A at digit 64");
  }

  @Property
  void forms_anyHash_readBackTheSame(@ForAll @Size(32) byte[] bytes) throws Exception {
    Hash256 hash = Hash256.ofBytes(bytes);
    assertThat(hash.toBytes()).isEqualTo(bytes);
    assertThat(Hash256.ofHex(hash.toHex())).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(Hash256.ofDisplay(hash.toDisplay())).isEqualTo(hash);
    assertThat(hash.reversed().toHex()).isEqualTo(hash.toDisplay());
    assertThat(hash.reversed().reversed()).isEqualTo(hash);
    assertThat(Copies.bySerialization(hash)).isEqualTo(hash);
  }

  @Property
  void compareTo_anyTwo_agreesWithTheNumbers(
      @ForAll @Size(32) byte[] left, @ForAll @Size(32) byte[] right) {
    Hash256 a = Hash256.ofBytes(left);
    Hash256 b = Hash256.ofBytes(right);
    assertThat(Integer.signum(a.compareTo(b))).isEqualTo(a.toNumber().compareTo(b.toNumber()));
    assertThat(a.equals(b)).isEqualTo(a.compareTo(b) == 0);
  }
}
