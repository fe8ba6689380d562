package io.goldennonce.kernel.gpu.program;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.Sha256;

/**
 * The properties of a template that its program depends on. Templates of one layout differ only in
 * launch constants. The message starts here at the block of the first varying byte.
 *
 * @param encoding the nonce's encoding
 * @param varying number of the nonce's bytes that vary within a run, see {@link NonceRun}
 * @param at the offset of the first of them in its block, 0 to 63
 * @param length number of bytes from that block's start to the message's end
 */
public record Layout(
    NonceEncoding encoding,
    int varying,
    int at,
    int length,
    HashFunction function,
    HashOrder order) {
  /** Words of the hash state before the block, which are the first inputs. */
  static final int STATE_WORDS = 8;

  /** Returns the number of blocks to hash per nonce, one or more. */
  public int blocks() {
    return (length + 1 + Long.BYTES + Sha256.BLOCK_BYTES - 1) / Sha256.BLOCK_BYTES;
  }

  /**
   * Returns the number of inputs: the hash state, the words with zeros for the varying bytes, and
   * the bits above the nonce word that share a base64 character with it.
   */
  int inputs() {
    return STATE_WORDS + Sha256.BLOCK_WORDS * blocks() + 1;
  }
}
