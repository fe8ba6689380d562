package io.goldennonce.kernel.gpu;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.Sha256;

/**
 * All of a template that its program depends on; templates of one layout differ in launch constants
 * only. The message begins here at the block that holds the first byte that varies.
 *
 * @param encoding how the nonce is written
 * @param varying how many of the nonce's bytes vary within a run, see {@link NonceRun}
 * @param at where in its block the first of them is, 0 to 63
 * @param length the bytes from that block's start to the message's end
 */
record Layout(
    NonceEncoding encoding,
    int varying,
    int at,
    int length,
    HashFunction function,
    HashOrder order) {
  /** Words of the hash state before the block, which come first among the inputs. */
  static final int STATE_WORDS = 8;

  /** The blocks to hash for each nonce, one or more. */
  int blocks() {
    return (length + 1 + Long.BYTES + Sha256.BLOCK_BYTES - 1) / Sha256.BLOCK_BYTES;
  }

  /**
   * The program's inputs: the hash state, the words with zeros for the bytes that vary, and the
   * bits above the nonce word's that share a base64 character with it.
   */
  int inputs() {
    return STATE_WORDS + Sha256.BLOCK_WORDS * blocks() + 1;
  }
}
