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
 * @param varying number of the nonce's bytes that vary within a run, see {@link WordRun}
 * @param at the offset of the first of them in its block, 0 to 63
 * @param length number of bytes from that block's start to the message's end
 * @param versions number of a header's versions that share the nonce's words: 1 or {@link
 *     #MOST_VERSIONS}
 * @param pattern whether hashes should begin with a pattern
 */
public record Layout(
    NonceEncoding encoding,
    int varying,
    int at,
    int length,
    HashFunction function,
    HashOrder order,
    int versions,
    boolean pattern) {
  /** Words of the hash state before the block. */
  static final int STATE_WORDS = 8;

  /** More would need a program longer than a GPU's instruction cache. */
  static final int MOST_VERSIONS = 2;

  /** Returns the number of blocks to hash per nonce, one or more. */
  public int blocks() {
    return (length + 1 + Long.BYTES + Sha256.BLOCK_BYTES - 1) / Sha256.BLOCK_BYTES;
  }

  /**
   * Returns the number of inputs: each version's hash state, the words with zeros for the varying
   * bytes, the bits above the nonce word that share a base64 character with it, and the pattern.
   */
  int inputs() {
    return patternInput() + 1;
  }

  /** Returns the index of the first word of a version's hash state. */
  int stateInput(int version) {
    return STATE_WORDS * version;
  }

  /** Returns the index of the first word of the message. */
  int messageInput() {
    return STATE_WORDS * versions;
  }

  int bitsAboveInput() {
    return messageInput() + Sha256.BLOCK_WORDS * blocks();
  }

  int patternInput() {
    return bitsAboveInput() + 1;
  }
}
