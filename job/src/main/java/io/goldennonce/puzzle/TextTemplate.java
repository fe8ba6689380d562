package io.goldennonce.puzzle;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.search.MessageTemplate;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A message that a user writes down, with the place of the nonce in it. */
public final class TextTemplate {
  /** Stands where the nonce goes. */
  public static final String NONCE = "{nonce}";

  private final byte[] prefix;
  private final byte[] suffix;

  private TextTemplate(byte[] prefix, byte[] suffix) {
    this.prefix = prefix;
    this.suffix = suffix;
  }

  /**
   * Of text, which is taken as it is, in UTF-8: nothing in it is an escape.
   *
   * @throws IllegalArgumentException unless {@value #NONCE} is in it once
   */
  public static TextTemplate ofText(String text) {
    int at = place(text);
    return new TextTemplate(
        text.substring(0, at).getBytes(StandardCharsets.UTF_8),
        text.substring(at + NONCE.length()).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Of bytes in hex, on both sides of the nonce's place.
   *
   * @throws IllegalArgumentException unless {@value #NONCE} is in it once, and all else is hex
   *     digits, two a byte
   */
  public static TextTemplate ofHex(String text) {
    int at = place(text);
    return new TextTemplate(
        bytes("before", text.substring(0, at)),
        bytes("after", text.substring(at + NONCE.length())));
  }

  /** The messages that it stands for; the first byte of their hashes is the most significant. */
  public MessageTemplate messages(NonceEncoding encoding, HashFunction function) {
    return new MessageTemplate(
        NonceTemplate.of(prefix, suffix, encoding, function, HashOrder.FIRST_BYTE_HIGH));
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
          "what stands "
              + where
              + " the nonce must be hex digits, two a byte, got "
              + (hex.isEmpty() ? "nothing" : hex),
          e);
    }
  }
}
