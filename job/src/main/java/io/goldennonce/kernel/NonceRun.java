package io.goldennonce.kernel;

/**
 * Consecutive nonces whose messages differ only in four consecutive bytes.
 *
 * @param first the first nonce
 * @param last the last nonce, inclusive
 * @param blocks the messages' blocks
 */
public record NonceRun(long first, long last, NonceBlocks blocks) {
  public boolean contains(long nonce) {
    return first <= nonce && nonce <= last;
  }
}
