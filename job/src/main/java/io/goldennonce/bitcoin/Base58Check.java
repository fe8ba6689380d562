package io.goldennonce.bitcoin;

import io.goldennonce.pow.Hash256;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Decodes Base58Check: Base58 of the data and the first four bytes of its double SHA-256 (Bitcoin
 * Core, {@code src/base58.cpp}).
 */
final class Base58Check {
  private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
  private static final int CHECKSUM = 4;

  /** Longer than any address; the conversion takes quadratic time. */
  private static final int MAX_LENGTH = 128;

  private Base58Check() {}

  /**
   * Decodes a text.
   *
   * @return any number of bytes, the data, version byte first
   * @throws IllegalArgumentException on an invalid character or checksum
   */
  static byte[] decode(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "an address must have 1 to " + MAX_LENGTH + " characters, got " + text.length());
    }
    byte[] all = digits(text);
    if (all.length < CHECKSUM) {
      throw new IllegalArgumentException(
          "an address must have a checksum of 4 bytes, got " + all.length);
    }
    byte[] data = Arrays.copyOf(all, all.length - CHECKSUM);
    byte[] checksum = Arrays.copyOf(Hash256.sha256d(data).toBytes(), CHECKSUM);
    if (!Arrays.equals(checksum, Arrays.copyOfRange(all, data.length, all.length))) {
      throw new IllegalArgumentException("an address's checksum must match, got " + text);
    }
    return data;
  }

  /** Each leading digit zero is a zero byte; the rest is one number. */
  private static byte[] digits(String text) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < text.length(); i++) {
      int digit = DIGITS.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException(
            "an address must consist of Base58 characters, got '%s' at character %s"
                .formatted(text.charAt(i), i + 1));
      }
      number = number.multiply(BASE).add(BigInteger.valueOf(digit));
    }
    int zeros = 0;
    while (zeros < text.length() && text.charAt(zeros) == DIGITS.charAt(0)) {
      zeros++;
    }
    byte[] signed = number.signum() == 0 ? new byte[0] : number.toByteArray();
    int sign = signed.length > 0 && signed[0] == 0 ? 1 : 0;
    byte[] bytes = new byte[zeros + signed.length - sign];
    System.arraycopy(signed, sign, bytes, zeros, signed.length - sign);
    return bytes;
  }
}
