package io.goldennonce.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the miner's name from a request's query. The name goes into blocks, and on to terminals.
 */
final class MinerName {
  private static final String NAME = "miner=";

  /** What {@link URLDecoder} puts in place of bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private MinerName() {}

  /**
   * Reads the parameter {@code miner}.
   *
   * @param query as sent, with escapes
   * @param other the name if the query has none
   * @throws IllegalArgumentException if the name is too long or not printable
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

  /** Refuses format characters, too: some change the direction of the text around them. */
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

  private static String decode(String text) {
    String decoded;
    try {
      decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'miner' must have two hex digits after each %", e);
    }
    if (decoded.indexOf(REPLACEMENT) >= 0) {
      throw new IllegalArgumentException("'miner' must be UTF-8, got other bytes");
    }
    return decoded;
  }
}
