package io.goldennonce.api;

import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.puzzle.TextTemplate;
import io.goldennonce.search.HeaderTemplate;
import io.goldennonce.search.MessageTemplate;
import io.goldennonce.search.SearchTemplate;

/** A message or a header with a place for the nonce. Immutable. */
public final class Template {
  private final SearchTemplate template;

  private Template(SearchTemplate template) {
    this.template = template;
  }

  /**
   * A text with a decimal nonce, hashed by SHA-256.
   *
   * @param text hashed as UTF-8, with <code>{nonce}</code> in it once
   * @throws IllegalArgumentException if it is not there, or several times
   */
  public static Template text(String text) {
    return text(text, NonceFormat.DECIMAL, HashFunction.SHA256);
  }

  /**
   * A text.
   *
   * @param text hashed as UTF-8, with <code>{nonce}</code> in it once
   * @throws IllegalArgumentException if it is not there, or several times
   */
  public static Template text(String text, NonceFormat format, HashFunction hash) {
    return new Template(TextTemplate.ofText(text).messages(format.encoding(), hash.function()));
  }

  /**
   * Bytes.
   *
   * @param prefix the bytes before the nonce, any length
   * @param suffix the bytes after it, any length
   */
  public static Template bytes(
      byte[] prefix, byte[] suffix, NonceFormat format, HashFunction hash) {
    return new Template(
        new MessageTemplate(
            NonceTemplate.of(
                prefix, suffix, format.encoding(), hash.function(), HashOrder.BIG_ENDIAN)));
  }

  /**
   * A Bitcoin header: its last four bytes are the nonce, and its hash is the double SHA-256.
   *
   * @param header 80 bytes as on the wire; its nonce is ignored
   * @throws IllegalArgumentException on any other length, and on bits that Bitcoin refuses
   */
  public static Template header(byte[] header) {
    return header(header, 0);
  }

  /**
   * A Bitcoin header whose time may move: when all 2³² nonces are tried, the next second's follow.
   *
   * @param header 80 bytes as on the wire; its nonce is ignored
   * @param rollSeconds how far the time may move, 0 or more
   * @throws IllegalArgumentException on any other length, on bits that Bitcoin refuses, and if the
   *     time would pass 2³²−1
   */
  public static Template header(byte[] header, long rollSeconds) {
    return new Template(new HeaderTemplate(BlockHeader.parse(header), rollSeconds));
  }

  SearchTemplate template() {
    return template;
  }
}
