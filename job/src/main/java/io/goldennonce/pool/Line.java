package io.goldennonce.pool;

import io.goldennonce.pow.Hash256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A line of a file, without its line break.
 *
 * @param offset of its first byte
 * @param bytes its bytes; the first of them if it is too long
 * @param hash the double SHA-256 of all of its bytes
 */
record Line(long offset, byte[] bytes, long length, Hash256 hash) {
  private static final int EXCERPT = 200;

  /** Whether it is empty or has only whitespace. */
  boolean isBlank() {
    return length == bytes.length && excerpt().isBlank();
  }

  /**
   * Its text.
   *
   * @throws IllegalArgumentException if it is too long or not UTF-8
   */
  String text() {
    if (length > bytes.length) {
      throw new IllegalArgumentException(
          "a record must have at most " + bytes.length + " bytes, got " + length);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a record must be UTF-8, got other bytes", e);
    }
  }

  /** Its first characters, even if it is not UTF-8. */
  String excerpt() {
    return new String(bytes, 0, Math.min(EXCERPT, bytes.length), StandardCharsets.UTF_8);
  }
}
