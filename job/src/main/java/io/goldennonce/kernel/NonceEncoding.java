package io.goldennonce.kernel;

import java.util.Locale;

/** The encoding of a nonce in a message. */
public enum NonceEncoding {
  /** Four bytes, most significant first; nonces 0 to 2³²−1. */
  U32_BE(4, 1L << 32),
  /** Four bytes, least significant first, as in a Bitcoin header; nonces 0 to 2³²−1. */
  U32_LE(4, 1L << 32),
  /**
   * Eight bytes, most significant first; nonces 0 to 2⁶³−2, the range of a half-open {@code long}
   * interval.
   */
  U64_BE(8, Long.MAX_VALUE),
  /** Eight bytes, least significant first; nonces 0 to 2⁶³−2. */
  U64_LE(8, Long.MAX_VALUE),
  /** ASCII decimal digits without sign or leading zeros; nonces 0 to 2⁶³−2. */
  DECIMAL(0, Long.MAX_VALUE),
  /** Lower-case hex digits without leading zeros; nonces 0 to 2⁶³−2. */
  HEX(0, Long.MAX_VALUE),
  /**
   * Eleven base64 characters: {@link #U64_BE} in base64 (RFC 4648, section 4: {@code A}–{@code Z},
   * {@code a}–{@code z}, {@code 0}–{@code 9}, {@code +}, {@code /}) without padding; nonces 0 to
   * 2⁶³−2.
   */
  BASE64(0, Long.MAX_VALUE);

  private final int width;
  private final long nonces;

  NonceEncoding(int width, long nonces) {
    this.width = width;
    this.nonces = nonces;
  }

  /** Returns the width of a binary nonce in bytes; 0 for text. */
  public int width() {
    return width;
  }

  public boolean isText() {
    return width == 0;
  }

  /** Returns the name in options and columns, such as {@code u32be}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  /** Returns the number of nonces; the first is 0. */
  public long nonces() {
    return nonces;
  }
}
