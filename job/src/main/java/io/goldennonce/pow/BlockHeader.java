package io.goldennonce.pow;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A Bitcoin block header: 80 bytes on the wire, its numbers little-endian, its hashes in digest
 * order (Bitcoin Core, {@code src/primitives/block.h}).
 *
 * @param version any 32 bits
 * @param previousHash the parent block's hash; {@link Hash256#ZERO} in a first block
 * @param merkleRoot the root over the block's transactions
 * @param time seconds since 1970-01-01T00:00Z, 0 to 2^32 − 1
 * @param bits the compact target that the header's own hash must meet
 * @param nonce 0 to 2^32 − 1
 */
public record BlockHeader(
    int version, Hash256 previousHash, Hash256 merkleRoot, long time, CompactBits bits, long nonce)
    implements Serializable {
  /** A header's length on the wire. */
  public static final int BYTES = 80;

  /** The version bits that signal nothing and are free for miners (BIP 320). */
  public static final int FREE_VERSION_BITS = 0x1fffe000;

  private static final String WHAT = "a header";

  /** As {@link #of}. */
  public BlockHeader {
    Unsigned.requireU32("a header's time", time);
    Unsigned.requireU32("a header's nonce", nonce);
  }

  /**
   * From its six fields.
   *
   * @throws IllegalArgumentException if the time or the nonce is outside 0 to 2^32 − 1
   */
  public static BlockHeader of(
      int version,
      Hash256 previousHash,
      Hash256 merkleRoot,
      long time,
      CompactBits bits,
      long nonce) {
    return new BlockHeader(version, previousHash, merkleRoot, time, bits, nonce);
  }

  /**
   * From the bytes on the wire, little-endian.
   *
   * @param wire 80 bytes; copied
   * @throws IllegalArgumentException on any other length, and on bits that Bitcoin refuses
   */
  public static BlockHeader parse(byte[] wire) {
    if (wire.length != BYTES) {
      throw new IllegalArgumentException(
          WHAT + " must have 80 bytes (160 hex digits), got " + wire.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(wire).order(ByteOrder.LITTLE_ENDIAN);
    int version = buffer.getInt();
    Hash256 previousHash = getHash(buffer);
    Hash256 merkleRoot = getHash(buffer);
    long time = Integer.toUnsignedLong(buffer.getInt());
    CompactBits bits = CompactBits.of(Integer.toUnsignedLong(buffer.getInt()));
    long nonce = Integer.toUnsignedLong(buffer.getInt());
    return new BlockHeader(version, previousHash, merkleRoot, time, bits, nonce);
  }

  /**
   * From the bytes on the wire in hex, as {@code bitcoin-cli getblockheader HASH false} prints it.
   *
   * @param hex 160 hex digits
   * @throws IllegalArgumentException on any other text, and on bits that Bitcoin refuses
   */
  public static BlockHeader ofHex(String hex) {
    return parse(Hex.parse(WHAT, hex, BYTES));
  }

  /** The 80 bytes on the wire, little-endian. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(version)
        .put(previousHash.toBytes())
        .put(merkleRoot.toBytes())
        .putInt((int) time)
        .putInt((int) bits.value())
        .putInt((int) nonce)
        .array();
  }

  /** The 80 bytes on the wire as 160 lower-case hex digits. */
  public String toHex() {
    return Hex.format(toBytes());
  }

  /** The block hash: the double SHA-256 of the 80 bytes on the wire. */
  public Hash256 hash() {
    return Hash256.sha256d(toBytes());
  }

  public Target target() {
    return bits.toTarget();
  }

  /** Whether the header's hash meets its own target. */
  public boolean meetsTarget() {
    return target().isMetBy(hash());
  }

  /**
   * This header with another nonce.
   *
   * @throws IllegalArgumentException outside 0 to 2^32 − 1
   */
  public BlockHeader withNonce(long newNonce) {
    return new BlockHeader(version, previousHash, merkleRoot, time, bits, newNonce);
  }

  public BlockHeader withVersion(int newVersion) {
    return new BlockHeader(newVersion, previousHash, merkleRoot, time, bits, nonce);
  }

  /**
   * This header with another time.
   *
   * @param newTime seconds since 1970-01-01T00:00Z
   * @throws IllegalArgumentException outside 0 to 2^32 − 1
   */
  public BlockHeader withTime(long newTime) {
    return new BlockHeader(version, previousHash, merkleRoot, newTime, bits, nonce);
  }

  private static Hash256 getHash(ByteBuffer buffer) {
    byte[] digest = new byte[32];
    buffer.get(digest);
    return Hash256.ofBytes(digest);
  }
}
