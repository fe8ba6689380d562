package io.goldennonce.search;

import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.BlockHeader;

/**
 * A fixed block header whose time may roll forward: variant {@code v} is the header {@code v}
 * seconds later.
 *
 * @param header the header; its nonce is ignored
 * @param rollSeconds how far the time may roll: 0 or more
 */
public record HeaderTemplate(BlockHeader header, long rollSeconds) implements SearchTemplate {
  private static final long LAST_TIME = 0xffffffffL;

  public HeaderTemplate {
    if (rollSeconds < 0 || rollSeconds > LAST_TIME - header.time()) {
      throw new IllegalArgumentException(
          "the time may roll by 0 to %s seconds, since a header's time ends at 2^32-1, got %s"
              .formatted(LAST_TIME - header.time(), rollSeconds));
    }
  }

  /** Returns the header of a position, with its time and nonce. */
  public BlockHeader at(long position) {
    return rolled(variantAt(position)).withNonce(nonceAt(position));
  }

  @Override
  public NonceTemplate variant(long variant) {
    return NonceTemplate.ofHeader(rolled(variant).toBytes());
  }

  @Override
  public long variants() {
    return rollSeconds + 1;
  }

  @Override
  public String canonicalText() {
    return "header " + header.withNonce(0).toHex();
  }

  private BlockHeader rolled(long seconds) {
    return header.withTime(header.time() + seconds);
  }
}
