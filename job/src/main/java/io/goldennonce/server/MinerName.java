package io.goldennonce.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Reads who mines from a request's query. It goes into blocks, and from there to terminals. */
final class MinerName {
  private static final String NAME = "miner=";

  private MinerName() {}

  /**
   * The parameter {@code miner}.
   *
   * @param query as it was sent, with escapes
   * @param other who it is where the query does not say so
   * @throws IllegalArgumentException if it is no text that can be shown, or too long
   */
  static String of(String query, String other) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(NAME)) {
        String miner = decode(pair.substring(NAME.length()));
        return miner.isEmpty() ? other : checked(miner);
      }
    }
    return other;
  }

  private static String checked(String miner) {
    if (miner.getBytes(StandardCharsets.UTF_8).length > WorkId.MAX_MINER) {
      throw new IllegalArgumentException(
          "'miner' must have at most " + WorkId.MAX_MINER + " bytes in UTF-8");
    }
    if (!miner.codePoints().allMatch(MinerName::isVisible)) {
      throw new IllegalArgumentException("'miner' must have no control characters");
    }
    return miner;
  }

  /** Format characters, too: some turn the direction of the text around them. */
  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /** {@link java.net.URLDecoder} would put other characters in place of bytes that are no UTF-8. */
  private static String decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(escaped(text, i + 1));
        i += 2;
      } else {
        byte[] plain = (c == '+' ? " " : String.valueOf(c)).getBytes(StandardCharsets.UTF_8);
        bytes.write(plain, 0, plain.length);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("'miner' must be UTF-8, got other bytes", e);
    }
  }

  private static int escaped(String text, int from) {
    if (from + 2 > text.length()
        || !HexFormat.isHexDigit(text.charAt(from))
        || !HexFormat.isHexDigit(text.charAt(from + 1))) {
      throw new IllegalArgumentException("'miner' must have two hex digits after each %");
    }
    return HexFormat.fromHexDigits(text, from, from + 2);
  }
}
