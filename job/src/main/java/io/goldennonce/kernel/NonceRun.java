package io.goldennonce.kernel;

/**
 * Consecutive nonces whose messages differ in four consecutive bytes only.
 *
 * @param first the first nonce
 * @param last the last nonce, inclusive
 * @param blocks the messages' blocks
 */
record NonceRun(long first, long last, NonceBlocks blocks) {
  boolean has(long nonce) {
    return first <= nonce && nonce <= last;
  }
}
