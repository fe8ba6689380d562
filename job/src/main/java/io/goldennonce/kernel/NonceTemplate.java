package io.goldennonce.kernel;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * A message with a hole for a nonce, and how it is hashed: all that a kernel has to know.
 * Immutable.
 */
public final class NonceTemplate implements Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] prefix;
  private final byte[] suffix;
  private final NonceEncoding encoding;
  private final HashFunction function;
  private final HashOrder order;

  private NonceTemplate(
      byte[] prefix,
      byte[] suffix,
      NonceEncoding encoding,
      HashFunction function,
      HashOrder order) {
    this.prefix = prefix;
    this.suffix = suffix;
    this.encoding = Objects.requireNonNull(encoding);
    this.function = Objects.requireNonNull(function);
    this.order = Objects.requireNonNull(order);
  }

  /**
   * The message {@code prefix ‖ nonce ‖ suffix}.
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
    return new NonceTemplate(prefix.clone(), suffix.clone(), encoding, function, order);
  }

  /**
   * An 80-byte Bitcoin header as on the wire: the nonce is its last four bytes, little-endian, and
   * the hash is Bitcoin's.
   *
   * @param header 80 bytes; the last four are ignored; copied
   */
  public static NonceTemplate ofHeader(byte[] header) {
    if (header.length != 80) {
      throw new IllegalArgumentException("a header must have 80 bytes, got " + header.length);
    }
    return new NonceTemplate(
        Arrays.copyOf(header, 76),
        new byte[0],
        NonceEncoding.U32_LE,
        HashFunction.SHA256D,
        HashOrder.LITTLE_ENDIAN);
  }

  /** The bytes before the nonce: a copy. */
  public byte[] prefix() {
    return prefix.clone();
  }

  /** The bytes after the nonce: a copy. */
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

  /**
   * The whole message with a nonce in it.
   *
   * @param nonce 0 to {@code encoding().nonces()} − 1
   */
  public byte[] message(long nonce) {
    byte[] field = encode(nonce);
    byte[] message = Arrays.copyOf(prefix, prefix.length + field.length + suffix.length);
    System.arraycopy(field, 0, message, prefix.length, field.length);
    System.arraycopy(suffix, 0, message, prefix.length + field.length, suffix.length);
    return message;
  }

  /**
   * A nonce as it is written into the message.
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
