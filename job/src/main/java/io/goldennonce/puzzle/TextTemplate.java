package io.goldennonce.puzzle;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.search.MessageTemplate;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A message typed by a user, with a placeholder for the nonce. */
public final class TextTemplate {
  /** The placeholder for the nonce. */
  public static final String NONCE = "{nonce}";

  private static final int HASH_DIGITS = 64;

  private final byte[] prefix;
  private final byte[] suffix;

  private TextTemplate(byte[] prefix, byte[] suffix) {
    this.prefix = prefix;
    this.suffix = suffix;
  }

  /**
   * Creates a template from text, encoded in UTF-8; nothing in it is an escape.
   *
   * @throws IllegalArgumentException unless {@value #NONCE} occurs exactly once
   */
  public static TextTemplate ofText(String text) {
    int at = place(text);
    return new TextTemplate(
        text.substring(0, at).getBytes(StandardCharsets.UTF_8),
        text.substring(at + NONCE.length()).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Creates a template from hex on both sides of the placeholder.
   *
   * @throws IllegalArgumentException unless {@value #NONCE} occurs once and everything else is hex
   *     digits, two per byte
   */
  public static TextTemplate ofHex(String text) {
    int at = place(text);
    return new TextTemplate(
        bytes("before", text.substring(0, at)),
        bytes("after", text.substring(at + NONCE.length())));
  }

  /** The messages of this template; the first byte of a hash is the most significant. */
  public MessageTemplate messages(NonceEncoding encoding, HashFunction function) {
    return new MessageTemplate(
        NonceTemplate.of(prefix, suffix, encoding, function, HashOrder.BIG_ENDIAN));
  }

  /**
   * The messages of this template whose hashes should begin with hex digits, in hex as SHA-256
   * prints it. The target of as many zeros ({@link Rule#ZERO_HEX}) makes a search of them.
   *
   * @throws IllegalArgumentException if it is not 1 to 64 hex digits
   */
  public MessageTemplate withPrefix(NonceEncoding encoding, HashFunction function, String digits) {
    requireDigits("a prefix", digits);
    byte[] pattern = HexFormat.of().parseHex(digits + "0".repeat(HASH_DIGITS - digits.length()));
    return new MessageTemplate(
        NonceTemplate.of(prefix, suffix, encoding, function, HashOrder.BIG_ENDIAN)
            .withPattern(pattern));
  }

  /**
   * The messages of this template whose hashes should end with bytes. Read from the last byte on,
   * they begin with them, the last byte first.
   *
   * @throws IllegalArgumentException if it is not 2 to 64 hex digits, two per byte
   */
  public MessageTemplate withSuffix(NonceEncoding encoding, HashFunction function, String digits) {
    requireDigits("a suffix", digits);
    if (digits.length() % 2 != 0) {
      throw new IllegalArgumentException(
          "a suffix must be whole bytes, two hex digits each, got " + digits);
    }
    byte[] bytes = HexFormat.of().parseHex(digits);
    byte[] pattern = new byte[HASH_DIGITS / 2];
    for (int i = 0; i < bytes.length; i++) {
      pattern[i] = bytes[bytes.length - 1 - i];
    }
    return new MessageTemplate(
        NonceTemplate.of(prefix, suffix, encoding, function, HashOrder.LITTLE_ENDIAN)
            .withPattern(pattern));
  }

  private static void requireDigits(String what, String digits) {
    if (digits.isEmpty()
        || digits.length() > HASH_DIGITS
        || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException(
          what + " must be 1 to " + HASH_DIGITS + " hex digits, got " + digits);
    }
  }

  private static int place(String text) {
    int at = text.indexOf(NONCE);
    if (at < 0 || at != text.lastIndexOf(NONCE)) {
      throw new IllegalArgumentException(
          "a template must have " + NONCE + " in it once, got " + text);
    }
    return at;
  }

  private static byte[] bytes(String where, String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the bytes %s the nonce must be hex digits, two per byte, got %s"
              .formatted(where, hex.isEmpty() ? "nothing" : hex),
          e);
    }
  }
}
