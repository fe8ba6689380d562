package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.NonceBlocks;

/**
 * The fast part of a kernel: hashes nonces a group at a time, with every version, and looks only at
 * the digest's most significant 32 bits. Set up for one template, used by one thread.
 */
interface GroupFilter {
  /** Nonces in a group. */
  int lanes();

  /** Groups start at multiples of this power of two. */
  int alignment();

  /**
   * Prepares for a run of nonces.
   *
   * @param blocks the run's messages
   * @param mask the bits of the digest's deciding word that count, see {@link TopWord}
   * @param wanted what they must be
   */
  void prepare(NonceBlocks blocks, int mask, int wanted);

  /**
   * Hashes group after group until one holds a candidate: a nonce whose deciding word has the
   * wanted bits under the mask with some version.
   *
   * @param low the first group's first nonce, less the run's first; the lanes may reach past the
   *     run's end
   * @param groups how many to try at most
   * @return how many groups were without a candidate: {@code groups} if all, else the candidate's
   *     group is the next
   */
  int groupsWithoutCandidate(int low, int groups);
}
