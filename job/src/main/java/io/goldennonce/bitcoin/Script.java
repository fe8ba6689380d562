package io.goldennonce.bitcoin;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An output script, which defines how a coin may be spent. */
final class Script {
  /**
   * The longest script allowed here: the coinbase stays below the 4,000 weight units that nodes
   * reserve for it (Bitcoin Core before 29, {@code src/policy/policy.h}).
   */
  static final int MAX_BYTES = 520;

  private static final int OP_1 = 0x51;
  private static final int OP_DUP = 0x76;
  private static final int OP_EQUAL = 0x87;
  private static final int OP_EQUALVERIFY = 0x88;
  private static final int OP_HASH160 = 0xa9;
  private static final int OP_CHECKSIG = 0xac;

  private final byte[] bytes;

  private Script(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Creates a script from its bytes.
   *
   * @param bytes 1 to 520; copied
   */
  static Script of(byte[] bytes) {
    if (bytes.length < 1 || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a script must have 1 to " + MAX_BYTES + " bytes, got " + bytes.length);
    }
    return new Script(bytes.clone());
  }

  /** Pays to a public key's hash of 20 bytes. */
  static Script ofKeyHash(byte[] hash) {
    return new Script(
        Wire.empty()
            .u8(OP_DUP)
            .u8(OP_HASH160)
            .push(hash)
            .u8(OP_EQUALVERIFY)
            .u8(OP_CHECKSIG)
            .toBytes());
  }

  /** Pays to a script's hash of 20 bytes. */
  static Script ofScriptHash(byte[] hash) {
    return new Script(Wire.empty().u8(OP_HASH160).push(hash).u8(OP_EQUAL).toBytes());
  }

  /** Pays to a witness program of 2 to 40 bytes; version 0 to 16. */
  static Script ofWitnessProgram(int version, byte[] program) {
    return new Script(
        Wire.empty().u8(version == 0 ? 0 : OP_1 + version - 1).push(program).toBytes());
  }

  byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Script that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
