package io.goldennonce.kernel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** SHA-256 with an array for each word and an element for each nonce, in plain Java. */
final class SuperwordFilter implements GroupFilter {
  private static final int[] K = Sha256.constants();
  private static final int[] DIGEST_BLOCK = Sha256.digestBlock();

  private final TopWord topWord;
  private final boolean twice;
  private final Map<Integer, int[]> constants = new HashMap<>();

  /** The working variables, at turning places so that none is copied. */
  private final int[][] state = new int[8][SuperwordLoops.LENGTH];

  /** The last 16 words of the schedule that is being extended. */
  private final int[][] ring = new int[16][SuperwordLoops.LENGTH];

  /** The schedule being worked with: constant words, the nonce's words, the ring's. */
  private final int[][] schedule = new int[64][];

  private final int[][] chain = new int[8][SuperwordLoops.LENGTH];
  private final int[][] nonceWords = new int[2][SuperwordLoops.LENGTH];
  private final int[] nonces = new int[SuperwordLoops.LENGTH];
  private final int[][] foldedNonce = new int[2][SuperwordLoops.LENGTH];
  private final int[][] initial = new int[8][];
  private final int[][] midstate = new int[8][];
  private final int[][] beforeNonce = new int[8][];

  private NonceBlocks blocks;
  private int mask;
  private int[] before = new int[8];
  private boolean folded;

  SuperwordFilter(NonceTemplate template) {
    topWord = TopWord.of(template.order());
    twice = template.function() == HashFunction.SHA256D;
    blocks = NonceBlocks.of(template, 0);
    fill(initial, Sha256.initialState());
  }

  @Override
  public int lanes() {
    return SuperwordLoops.LANES;
  }

  @Override
  public int alignment() {
    return 1;
  }

  @Override
  public void prepare(NonceBlocks newBlocks, int newMask) {
    blocks = newBlocks;
    mask = newMask;
    folded = blocks.nonceShift() == 0;
    before = blocks.midstate().clone();
    Sha256.rounds(before, blocks.words(), 0, firstRound());
    constants.clear();
    fill(midstate, blocks.midstate());
    fill(beforeNonce, before);
    if (folded) {
      beforeNonce[0] = foldedNonce[0];
      beforeNonce[4] = foldedNonce[1];
    }
  }

  /**
   * The round that takes an aligned nonce was worked with a zero for it: it enters by additions.
   */
  private int firstRound() {
    return blocks.nonceWord() + (folded ? 1 : 0);
  }

  @Override
  public int groupsWithoutCandidate(int low, int groups) {
    for (int i = 0; i < groups; i++) {
      if (hasCandidate(low + i * SuperwordLoops.LANES)) {
        return i;
      }
    }
    return groups;
  }

  private boolean hasCandidate(int low) {
    placeNonces(low);
    int last = blocks.blocks() - 1;
    int[][] previous = midstate;
    for (int block = 0; block <= last; block++) {
      int[][] variables = block == 0 ? beforeNonce : chain;
      int from = block == 0 ? firstRound() : 0;
      loadBlock(block);
      if (block == last && !twice) {
        return finish(variables, previous, from);
      }
      rounds(variables, from, 64);
      for (int i = 0; i < 8; i++) {
        SuperwordLoops.add(chain[i], state[i], previous[i]);
      }
      previous = chain;
    }
    loadDigest();
    return finish(initial, initial, 0);
  }

  private boolean finish(int[][] variables, int[][] previous, int from) {
    rounds(variables, from, topWord.rounds());
    // In the array of its place after 64 rounds: what is e after 61 rounds would be h then.
    int[] deciding = state[topWord.index()];
    return SuperwordLoops.anyZero(nonces, deciding, previous[topWord.index()], mask);
  }

  /** Rounds up to {@code to}; after 64 of them, each working variable is in its own array. */
  private void rounds(int[][] variables, int from, int to) {
    int[] a = variables[0];
    int[] b = variables[1];
    int[] c = variables[2];
    int[] d = variables[3];
    int[] e = variables[4];
    int[] f = variables[5];
    int[] g = variables[6];
    int[] h = variables[7];
    for (int t = from; t < to; t++) {
      if (t >= 16) {
        extend(t);
      }
      int[] newA = state[(7 - t) & 7];
      int[] newE = state[(3 - t) & 7];
      SuperwordLoops.round(a, b, c, d, e, f, g, h, schedule[t], newA, newE, K[t]);
      h = g;
      g = f;
      f = e;
      e = newE;
      d = c;
      c = b;
      b = a;
      a = newA;
    }
  }

  private void extend(int t) {
    schedule[t] = ring[t & 15];
    SuperwordLoops.extend(
        ring[t & 15], schedule[t - 16], schedule[t - 15], schedule[t - 7], schedule[t - 2]);
  }

  private void placeNonces(int low) {
    int shift = blocks.nonceShift();
    int at = blocks.nonceWord();
    int begin = blocks.words()[at];
    for (int l = 0; l < SuperwordLoops.LANES; l++) {
      nonces[l] = low + l;
    }
    if (blocks.reversed()) {
      for (int l = 0; l < SuperwordLoops.LANES; l++) {
        nonces[l] = Integer.reverseBytes(nonces[l]);
      }
    }
    for (int l = 0; l < SuperwordLoops.LANES; l++) {
      nonceWords[0][l] = (nonces[l] >>> shift) | begin;
    }
    if (shift != 0) {
      int end = blocks.words()[at + 1];
      for (int l = 0; l < SuperwordLoops.LANES; l++) {
        nonceWords[1][l] = (nonces[l] << (32 - shift)) | end;
      }
    }
    if (folded) {
      SuperwordLoops.add(foldedNonce[0], nonces, before[0]);
      SuperwordLoops.add(foldedNonce[1], nonces, before[4]);
    }
  }

  private void loadBlock(int block) {
    for (int t = 0; t < 16; t++) {
      schedule[t] = constant(blocks.words()[block * 16 + t]);
    }
    int at = blocks.nonceWord() - block * 16;
    if (at >= 0) {
      schedule[at] = nonceWords[0];
    }
    if (blocks.nonceShift() != 0 && at + 1 >= 0 && at + 1 < 16) {
      schedule[at + 1] = nonceWords[1];
    }
  }

  /** The first digest as a padded message of its own. */
  private void loadDigest() {
    System.arraycopy(chain, 0, schedule, 0, 8);
    for (int t = 8; t < 16; t++) {
      schedule[t] = constant(DIGEST_BLOCK[t]);
    }
  }

  private void fill(int[][] arrays, int[] words) {
    for (int i = 0; i < words.length; i++) {
      arrays[i] = constant(words[i]);
    }
  }

  /**
   * An array of the same word for every nonce, never written to: one for all places it stands in.
   */
  private int[] constant(int word) {
    return constants.computeIfAbsent(
        word,
        w -> {
          int[] array = new int[SuperwordLoops.LENGTH];
          Arrays.fill(array, w);
          return array;
        });
  }
}
