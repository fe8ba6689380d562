package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.Sha256;

/**
 * The rounds of a block before the nonce, which are the same for all nonces, in the layout of
 * {@link SuperwordLoops}.
 *
 * @param a the history of a, from d before the first round to the round before the nonce's
 * @param e the history of e, from h
 * @param afterZero the working variables after the round that takes the nonce, for a nonce of zeros
 */
@SuppressWarnings("ArrayRecordComponent") // used by one class, never compared
record KnownRounds(int[] a, int[] e, int[] afterZero) {
  /**
   * Computes these rounds.
   *
   * @param midstate the state before the block, 8 words
   * @param block 16 words
   * @param word the index of the word in which the nonce starts
   */
  static KnownRounds of(int[] midstate, int[] block, int word) {
    int[] words = block.clone();
    words[word] = 0;
    int[] a = new int[4 + word];
    int[] e = new int[4 + word];
    for (int i = 0; i < 4; i++) {
      a[i] = midstate[3 - i];
      e[i] = midstate[7 - i];
    }
    int[] working = midstate.clone();
    for (int t = 0; t < word; t++) {
      Sha256.rounds(working, words, t, t + 1);
      a[4 + t] = working[0];
      e[4 + t] = working[4];
    }
    Sha256.rounds(working, words, word, word + 1);
    return new KnownRounds(a, e, working);
  }
}
