package io.goldennonce.kernel;

import io.goldennonce.base.Sha256Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Feeds a template's messages into {@code MessageDigest}, one nonce at a time. The whole blocks
 * before the nonce are hashed once, and their state is cloned for each nonce; the rest is in one
 * array, in which each nonce overwrites the previous one. Not thread-safe.
 */
final class MessageTail {
  private static final int BLOCK = 64;
  private static final byte[] HEX = bytes("0123456789abcdef");
  private static final byte[] BASE64 =
      bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

  /** Base64 characters of eight bytes, without padding. */
  private static final int BASE64_LENGTH = 11;

  /** The longest nonce: 2⁶³−2 in decimal. */
  private static final int LONGEST = 19;

  private final NonceEncoding encoding;
  private final byte[] suffix;

  /** The nonce's offset in {@code tail}. */
  private final int at;

  private final byte[] tail;
  private final MessageDigest sha256;
  private final boolean hasState;

  private int nonceLength = -1;
  private long last = -1;

  MessageTail(NonceTemplate template) {
    byte[] prefix = template.prefix();
    int hashed = prefix.length / BLOCK * BLOCK;
    this.encoding = template.encoding();
    this.suffix = template.suffix();
    this.at = prefix.length - hashed;
    this.tail = new byte[at + LONGEST + suffix.length];
    System.arraycopy(prefix, hashed, tail, 0, at);
    this.sha256 = Sha256Digest.create();
    this.hasState = hashed > 0;
    sha256.update(prefix, 0, hashed);
  }

  /** Returns a digest that has been fed the message with a nonce. */
  MessageDigest of(long nonce) {
    int length = put(nonce);
    if (length != nonceLength) {
      System.arraycopy(suffix, 0, tail, at + length, suffix.length);
      nonceLength = length;
    }
    last = nonce;
    MessageDigest digest = hasState ? copy() : sha256;
    digest.update(tail, 0, at + length + suffix.length);
    return digest;
  }

  private MessageDigest copy() {
    try {
      return (MessageDigest) sha256.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 must be cloneable", e);
    }
  }

  /** Writes the nonce; returns its length. */
  private int put(long nonce) {
    return switch (encoding) {
      case U32_BE, U64_BE -> putBinary(nonce, false);
      case U32_LE, U64_LE -> putBinary(nonce, true);
      case DECIMAL -> putDecimal(nonce);
      case HEX -> putHex(nonce);
      case BASE64 -> putBase64(nonce);
    };
  }

  private int putBinary(long nonce, boolean littleEndian) {
    int width = encoding.width();
    for (int i = 0; i < width; i++) {
      int shift = 8 * (littleEndian ? i : width - 1 - i);
      tail[at + i] = (byte) (nonce >>> shift);
    }
    return width;
  }

  private int putDecimal(long nonce) {
    // In nine of ten cases only the last digit changes.
    if (nonce == last + 1 && nonceLength > 0 && tail[at + nonceLength - 1] < '9') {
      tail[at + nonceLength - 1]++;
      return nonceLength;
    }
    int length = 1;
    for (long rest = nonce / 10; rest > 0; rest /= 10) {
      length++;
    }
    long rest = nonce;
    for (int i = length - 1; i >= 0; i--) {
      tail[at + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return length;
  }

  private int putHex(long nonce) {
    int length = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(nonce) + 3) / 4);
    for (int i = 0; i < length; i++) {
      tail[at + i] = HEX[(int) (nonce >>> 4 * (length - 1 - i)) & 0xf];
    }
    return length;
  }

  private int putBase64(long nonce) {
    for (int i = 0; i < BASE64_LENGTH - 1; i++) {
      tail[at + i] = BASE64[(int) (nonce >>> (58 - 6 * i)) & 0x3f];
    }
    // The last character holds the remaining four bits.
    tail[at + BASE64_LENGTH - 1] = BASE64[(int) (nonce << 2) & 0x3f];
    return BASE64_LENGTH;
  }

  private static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }
}
