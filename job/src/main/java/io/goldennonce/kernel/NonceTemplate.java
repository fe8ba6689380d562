package io.goldennonce.kernel;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/** A message with a placeholder for the nonce, and its hash function. Immutable. */
public final class NonceTemplate implements Serializable {
  /** Maximum number of rolling version bits: more versions of a nonce gain next to nothing. */
  public static final int MOST_VERSION_BITS = 4;

  private static final long serialVersionUID = 1;

  private static final int HASH_BYTES = 32;
  private static final byte[] NONE = {};

  private final byte[] prefix;
  private final byte[] suffix;
  private final NonceEncoding encoding;
  private final HashFunction function;
  private final HashOrder order;

  /** The rolling bits of a header's version. */
  private final int versionMask;

  /** What a hash should begin with; empty for zeros. */
  private final byte[] pattern;

  private NonceTemplate(
      byte[] prefix,
      byte[] suffix,
      NonceEncoding encoding,
      HashFunction function,
      HashOrder order,
      int versionMask,
      byte[] pattern) {
    this.prefix = prefix;
    this.suffix = suffix;
    this.encoding = Objects.requireNonNull(encoding);
    this.function = Objects.requireNonNull(function);
    this.order = Objects.requireNonNull(order);
    this.versionMask = versionMask;
    this.pattern = pattern;
  }

  /**
   * Creates the template of {@code prefix ‖ nonce ‖ suffix}.
   *
   * @param prefix the bytes before the nonce, any length; copied
   * @param suffix the bytes after the nonce, any length; copied
   */
  public static NonceTemplate of(
      byte[] prefix,
      byte[] suffix,
      NonceEncoding encoding,
      HashFunction function,
      HashOrder order) {
    return new NonceTemplate(prefix.clone(), suffix.clone(), encoding, function, order, 0, NONE);
  }

  /**
   * Creates the template of a Bitcoin header: the nonce is its last four bytes, little-endian, and
   * the hash is the double SHA-256.
   *
   * @param header 80 bytes; the last four are ignored; copied
   */
  public static NonceTemplate ofHeader(byte[] header) {
    return ofHeader(header, 0);
  }

  /**
   * Creates the template of a Bitcoin header whose version rolls (BIP 320): all values of the
   * rolling bits are tried with each nonce. With {@code v} versions, nonce {@code n} of this
   * template is nonce {@code n div v} with version {@code n mod v} in the header.
   *
   * <p>The version is in the header's first block and the nonce in its second, so all versions of a
   * nonce share one message schedule.
   *
   * @param header 80 bytes; the last four are ignored; copied
   * @param versionMask the rolling bits, at most {@value #MOST_VERSION_BITS}; 0 for a fixed version
   */
  public static NonceTemplate ofHeader(byte[] header, int versionMask) {
    if (Integer.bitCount(versionMask) > MOST_VERSION_BITS) {
      throw new IllegalArgumentException(
          "at most %s bits of a version may roll, got mask 0x%x"
              .formatted(MOST_VERSION_BITS, versionMask));
    }
    if (header.length != 80) {
      throw new IllegalArgumentException("a header must have 80 bytes, got " + header.length);
    }
    return new NonceTemplate(
        Arrays.copyOf(header, 76),
        new byte[0],
        NonceEncoding.U32_LE,
        HashFunction.SHA256D,
        HashOrder.LITTLE_ENDIAN,
        versionMask,
        NONE);
  }

  /**
   * The same messages, whose hashes should begin with a pattern: what is compared with a bound is
   * the hash XOR the pattern. With a bound of {@code n} zero bits, those hashes are found whose
   * first {@code n} bits are the pattern's.
   *
   * @param newPattern 32 bytes, in the order of the hash as a number, the most significant first;
   *     copied
   */
  public NonceTemplate withPattern(byte[] newPattern) {
    if (newPattern.length != HASH_BYTES) {
      throw new IllegalArgumentException(
          "a pattern must have " + HASH_BYTES + " bytes, got " + newPattern.length);
    }
    return new NonceTemplate(
        prefix, suffix, encoding, function, order, versionMask, newPattern.clone());
  }

  /** Whether hashes should begin with something else than zeros. */
  public boolean hasPattern() {
    return pattern.length > 0;
  }

  /** The pattern, 32 bytes, the most significant first: a copy. */
  public byte[] pattern() {
    return Arrays.copyOf(pattern, HASH_BYTES);
  }

  /** Returns the lowest of the free bits of a version, at most {@code most} of them. */
  public static int versionMask(int freeBits, int most) {
    int mask = 0;
    for (int rest = freeBits; Integer.bitCount(mask) < most && rest != 0; ) {
      mask |= Integer.lowestOneBit(rest);
      rest ^= Integer.lowestOneBit(rest);
    }
    return mask;
  }

  /** Returns a copy of the bytes before the nonce. */
  public byte[] prefix() {
    return prefix.clone();
  }

  /** Returns a copy of the bytes after the nonce. */
  public byte[] suffix() {
    return suffix.clone();
  }

  public NonceEncoding encoding() {
    return encoding;
  }

  public HashFunction function() {
    return function;
  }

  public HashOrder order() {
    return order;
  }

  /** Returns the number of versions per nonce: a power of two, 1 unless a version rolls. */
  public int versions() {
    return 1 << Integer.bitCount(versionMask);
  }

  /** Returns the number of nonces, including versions; the first is 0. */
  public long nonces() {
    return encoding.nonces() << Integer.bitCount(versionMask);
  }

  /** Returns the nonce as written into the message, without the version. */
  public long writtenNonce(long nonce) {
    return nonce / versions();
  }

  /**
   * Returns the template of one version.
   *
   * @param index 0 to {@code versions()} − 1; 0 is the original header
   */
  public NonceTemplate version(int index) {
    if (index == 0 && versionMask == 0) {
      return this;
    }
    ByteBuffer rolled = ByteBuffer.wrap(prefix()).order(ByteOrder.LITTLE_ENDIAN);
    int bits = versionMask;
    for (int rest = index; rest != 0; rest >>>= 1) {
      int lowest = Integer.lowestOneBit(bits);
      rolled.putInt(0, rolled.getInt(0) ^ (rest % 2 == 0 ? 0 : lowest));
      bits ^= lowest;
    }
    return new NonceTemplate(rolled.array(), suffix, encoding, function, order, 0, pattern);
  }

  /**
   * Returns the whole message with a nonce.
   *
   * @param nonce 0 to {@code nonces()} − 1
   */
  public byte[] message(long nonce) {
    byte[] field = encode(writtenNonce(nonce));
    byte[] rolled = version((int) (nonce % versions())).prefix;
    byte[] message = Arrays.copyOf(rolled, prefix.length + field.length + suffix.length);
    System.arraycopy(field, 0, message, prefix.length, field.length);
    System.arraycopy(suffix, 0, message, prefix.length + field.length, suffix.length);
    return message;
  }

  /**
   * Encodes a nonce without the version.
   *
   * @param nonce 0 to {@code encoding().nonces()} − 1
   */
  public byte[] encode(long nonce) {
    if (nonce < 0 || nonce >= encoding.nonces()) {
      throw new IllegalArgumentException(
          "a nonce must be from 0 to " + (encoding.nonces() - 1) + ", got " + nonce);
    }
    ByteBuffer field = ByteBuffer.allocate(encoding.width());
    return switch (encoding) {
      case U32_BE -> field.putInt((int) nonce).array();
      case U32_LE -> field.order(ByteOrder.LITTLE_ENDIAN).putInt((int) nonce).array();
      case U64_BE -> field.putLong(nonce).array();
      case U64_LE -> field.order(ByteOrder.LITTLE_ENDIAN).putLong(nonce).array();
      case DECIMAL -> Long.toString(nonce).getBytes(StandardCharsets.US_ASCII);
      case HEX -> Long.toHexString(nonce).getBytes(StandardCharsets.US_ASCII);
      case BASE64 ->
          Base64.getEncoder()
              .withoutPadding()
              .encode(ByteBuffer.allocate(Long.BYTES).putLong(nonce).array());
    };
  }
}
