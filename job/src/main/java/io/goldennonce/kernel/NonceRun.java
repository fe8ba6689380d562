package io.goldennonce.kernel;

/**
 * Consecutive nonces whose messages differ in four consecutive bytes only.
 *
 * @param first the first nonce
 * @param last the last nonce, inclusive
 * @param blocks the messages' blocks
 */
public record NonceRun(long first, long last, NonceBlocks blocks) {
  public boolean has(long nonce) {
    return first <= nonce && nonce <= last;
  }
}
