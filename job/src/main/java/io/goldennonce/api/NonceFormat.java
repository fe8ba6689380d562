package io.goldennonce.api;

import io.goldennonce.kernel.NonceEncoding;

/** How a nonce is written into a message. Those of text and of 64 bits run from 0 to 2⁶³−2. */
public enum NonceFormat {
  /** Four bytes, the most significant first; nonces 0 to 2³²−1. */
  U32_BE,
  /** Four bytes, the least significant first; nonces 0 to 2³²−1. */
  U32_LE,
  /** Eight bytes, the most significant first. */
  U64_BE,
  /** Eight bytes, the least significant first. */
  U64_LE,
  /** Decimal digits without leading zeros. */
  DECIMAL,
  /** Lower-case hex digits without leading zeros. */
  HEX,
  /** Eleven base64 characters: {@link #U64_BE} in base64 (RFC 4648, section 4), not padded. */
  BASE64;

  NonceEncoding encoding() {
    return NonceEncoding.valueOf(name());
  }
}
