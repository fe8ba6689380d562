package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.NonceBlocks;

/**
 * The fast part of a kernel: hashes a group of nonces at a time, with every version, and tests only
 * the most significant 32 bits of the digest. Used for one template by one thread.
 */
interface GroupFilter {
  int lanes();

  /** Returns the alignment of groups, a power of two. */
  default int alignment() {
    return 1;
  }

  /**
   * Prepares for a run of nonces.
   *
   * @param blocks the run's messages
   * @param mask the bits of the top word that count, see {@link TopWord}
   * @param wanted their values
   */
  void prepare(NonceBlocks blocks, int mask, int wanted);

  /**
   * Hashes groups until one contains a candidate: a nonce whose top word has the wanted bits under
   * the mask with some version.
   *
   * @param low the first group's first nonce, relative to the run's first; lanes may exceed the
   *     run's end
   * @param groups maximum number of groups
   * @return the number of groups before the first one with a candidate; {@code groups} if there is
   *     none
   */
  int groupsWithoutCandidate(int low, int groups);
}
