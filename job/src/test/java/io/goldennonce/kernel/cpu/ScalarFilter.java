package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.NonceBlocks;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.Sha256;
import io.goldennonce.kernel.TopWord;
import java.util.Arrays;

/** A {@link GroupFilter} with groups of one nonce. */
final class ScalarFilter implements GroupFilter {
  private static final int[] INITIAL = Sha256.initialState();

  private final TopWord topWord;
  private final boolean twice;
  private final int[] w = new int[64];
  private final int[] chain = new int[8];
  private final int[] working = new int[8];

  private NonceBlocks blocks = NonceBlocks.EMPTY;
  private int mask;
  private int wanted;

  /** For each version the working variables before the round that takes the nonce's first word. */
  private int[][] beforeNonce = {};

  ScalarFilter(NonceTemplate template) {
    topWord = TopWord.of(template.order());
    twice = template.function() == HashFunction.SHA256D;
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void prepare(NonceBlocks newBlocks, int newMask, int newWanted) {
    blocks = newBlocks;
    mask = newMask;
    wanted = newWanted;
    beforeNonce = Arrays.stream(blocks.midstates()).map(int[]::clone).toArray(int[][]::new);
    for (int[] before : beforeNonce) {
      Sha256.rounds(before, blocks.words(), 0, blocks.nonceWord());
    }
  }

  @Override
  public int groupsWithoutCandidate(int low, int groups) {
    for (int i = 0; i < groups; i++) {
      for (int version = 0; version < beforeNonce.length; version++) {
        if ((decidingWord(low + i, version) & mask) == wanted) {
          return i;
        }
      }
    }
    return groups;
  }

  private int decidingWord(int low, int version) {
    int last = blocks.blocks() - 1;
    System.arraycopy(blocks.midstates()[version], 0, chain, 0, 8);
    for (int block = 0; block <= last; block++) {
      load(block, low);
      boolean first = block == 0;
      System.arraycopy(first ? beforeNonce[version] : chain, 0, working, 0, 8);
      int from = first ? blocks.nonceWord() : 0;
      if (block == last && !twice) {
        return finish(from, chain);
      }
      Sha256.extend(w, 16, 64);
      Sha256.rounds(working, w, from, 64);
      for (int i = 0; i < 8; i++) {
        chain[i] += working[i];
      }
    }
    loadDigest();
    System.arraycopy(INITIAL, 0, working, 0, 8);
    return finish(0, INITIAL);
  }

  /** A block of the message, the nonce in its place, which may begin in the block before. */
  private void load(int block, int low) {
    System.arraycopy(blocks.words(), block * 16, w, 0, 16);
    int word = blocks.isText() ? blocks.table()[low] : blocks.asBigEndianWord(low);
    int at = blocks.nonceWord() - block * 16;
    if (at >= 0) {
      w[at] |= word >>> blocks.nonceShift();
    }
    if (blocks.nonceShift() != 0 && at + 1 >= 0 && at + 1 < 16) {
      w[at + 1] |= word << (32 - blocks.nonceShift());
    }
  }

  /** The first digest as a padded message of its own. */
  private void loadDigest() {
    System.arraycopy(chain, 0, w, 0, 8);
    w[8] = 0x80000000;
    for (int i = 9; i < 15; i++) {
      w[i] = 0;
    }
    w[15] = 256;
  }

  /** The rounds of the last block up to the one that settles the deciding word. */
  private int finish(int from, int[] chainBefore) {
    int rounds = topWord.rounds();
    Sha256.extend(w, 16, rounds);
    Sha256.rounds(working, w, from, rounds);
    // After 61 rounds the future h is still e; after 64, a is a.
    return chainBefore[topWord.index()] + working[topWord.index() == 7 ? 4 : 0];
  }
}
