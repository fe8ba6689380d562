package io.goldennonce.kernel;

/**
 * The work that a vector kernel does for each group of nonces, and what was computed once for all
 * of them: everything in the first block before the nonce, the sums of constant words with their
 * rounds' constants, and the whole schedules of constant blocks.
 */
final class VectorPlan {
  private static final int[] K = Sha256.constants();

  /** What follows the first digest in the block that hashes it again. */
  private static final int[] DIGEST_BLOCK = new int[16];

  static {
    DIGEST_BLOCK[8] = 0x80000000;
    DIGEST_BLOCK[15] = 256;
  }

  final TopWord topWord;
  final boolean twice;

  /** The round constants added to the words of the digest's block that are constant. */
  final int[] digestSums = sums(DIGEST_BLOCK);

  /** The first round to work for each group, a multiple of four. */
  int firstRound;

  /** The first round after the nonce's words, a multiple of four. */
  int firstRoundAfterNonce;

  /** Whether the round that takes the nonce was worked beforehand, but for adding the nonce. */
  boolean folded;

  /** The working variables before the first round, or after the one that lacks only the nonce. */
  int[] before = {};

  /** The words of the nonce's block, and of those after it, with the rounds' constants added. */
  int[][] sums = {};

  /** Whether the nonce reaches into the second block. */
  boolean spills;

  int mask;
  NonceBlocks blocks;

  private final VectorMemory memory;

  VectorPlan(NonceTemplate template, VectorMemory memory) {
    this.memory = memory;
    topWord = TopWord.of(template.order());
    twice = template.function() == HashFunction.SHA256D;
    blocks = NonceBlocks.of(template, 0);
    memory.fill(VectorMemory.LAST_SCHEDULE, DIGEST_BLOCK);
  }

  void prepare(NonceBlocks newBlocks, int newMask) {
    blocks = newBlocks;
    mask = newMask;
    spills = blocks.nonceWord() == 15 && blocks.nonceShift() != 0;
    memory.fill(VectorMemory.MIDSTATE, blocks.midstate());
    memory.fillLanes(VectorMemory.LANES, blocks::asBigEndianWord);
    prepareSchedules();
    prepareFirstRounds();
  }

  /**
   * The message's last block has a schedule even if it is constant, since it is worked to its end.
   */
  private void prepareSchedules() {
    int last = blocks.blocks() - 1;
    sums = new int[last + 1][];
    for (int block = 0; block <= last; block++) {
      int[] words = new int[64];
      System.arraycopy(blocks.words(), block * 16, words, 0, 16);
      if (block == 0) {
        memory.fill(VectorMemory.NONCE_SCHEDULE, words);
      } else if (block == 1 && spills) {
        memory.fill(VectorMemory.SPILL_SCHEDULE, words);
      } else if (block == last && !twice) {
        memory.fill(VectorMemory.LAST_SCHEDULE, words);
      }
      Sha256.extend(words, 16, 64);
      sums[block] = sums(words);
    }
  }

  /**
   * The rounds before the nonce. Rounds are worked in fours, so where the nonce is a fourth word,
   * as in a Bitcoin header, that round too is worked with a zero for the nonce: it enters by
   * additions alone.
   */
  private void prepareFirstRounds() {
    int word = blocks.nonceWord();
    folded = word % 4 == 3 && blocks.nonceShift() == 0;
    int lastNonceWord = blocks.nonceShift() == 0 ? word : Math.min(word + 1, 15);
    firstRound = folded ? word + 1 : word / 4 * 4;
    firstRoundAfterNonce = lastNonceWord / 4 * 4 + 4;
    before = blocks.midstate().clone();
    Sha256.rounds(before, blocks.words(), 0, firstRound);
    memory.fill(VectorMemory.BEFORE, before);
  }

  /** Each word of a schedule with its round's constant added. */
  private static int[] sums(int[] words) {
    int[] sums = new int[words.length];
    for (int t = 0; t < words.length; t++) {
      sums[t] = words[t] + K[t];
    }
    return sums;
  }
}
