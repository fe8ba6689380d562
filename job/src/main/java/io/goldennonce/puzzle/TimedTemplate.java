package io.goldennonce.puzzle;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.search.SearchTemplate;
import java.nio.charset.StandardCharsets;

/**
 * The messages {@code head ‖ timestamp ‖ nonce} in ASCII decimal, under double SHA-256: variant
 * {@code v} has the timestamp {@code first + v}.
 *
 * @param head the text before the timestamp
 */
record TimedTemplate(String head, long first) implements SearchTemplate {
  /** The number of nonces per timestamp: 1 to 2·10⁹. */
  private static final long NONCES = 2_000_000_000L;

  long timestamp(long variant) {
    return first + variant;
  }

  @Override
  public NonceTemplate variant(long variant) {
    return NonceTemplate.of(
        (head + timestamp(variant)).getBytes(StandardCharsets.US_ASCII),
        new byte[0],
        NonceEncoding.DECIMAL,
        HashFunction.SHA256D,
        HashOrder.BIG_ENDIAN);
  }

  @Override
  public long variants() {
    return Long.MAX_VALUE / NONCES;
  }

  @Override
  public long noncesPerVariant() {
    return NONCES;
  }

  @Override
  public long firstNonce() {
    return 1;
  }

  @Override
  public String canonicalText() {
    return "timed " + head + " " + first + " SHA256D from 1 to " + NONCES;
  }
}
