package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.NonceBlocks;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.Sha256;
import io.goldennonce.kernel.TopWord;
import java.util.Arrays;

/**
 * The work of a vector kernel per group of nonces, and the values computed once for all of them:
 * everything in the first block before the nonce, the sums of constant words and round constants,
 * and the whole schedules of constant blocks.
 */
final class VectorPlan {
  private static final int[] K = Sha256.constants();

  private static final int[] DIGEST_BLOCK = Sha256.digestBlock();

  /**
   * The constant part of a schedule: parts of the words {@code from} to {@code to − 1}, both
   * multiples of four.
   *
   * @param parts for each word, the sum of its two constant terms: the word 16 places before and σ0
   *     of the word 15 before
   */
  @SuppressWarnings("ArrayRecordComponent") // shared with the kernel, never compared
  record Schedule(int from, int to, int[] parts) {}

  /** A schedule whose words all depend on the nonce. */
  static final Schedule NOTHING_KNOWN = new Schedule(16, 16, new int[64]);

  final TopWord topWord;
  final boolean twice;

  /** The sums of the round constants and the constant words of the digest's block. */
  final int[] digestSums = sums(DIGEST_BLOCK);

  /** The first round to compute per group, a multiple of four. */
  int firstRound;

  /** The first round after the nonce's words, a multiple of four. */
  int firstRoundAfterNonce;

  /** Whether the nonce's round is precomputed except for adding the nonce. */
  boolean folded;

  /** Number of versions per nonce. */
  int versions;

  /** For each version, the working variables before the first round to compute. */
  int[][] before = {};

  /** The sums of words and round constants, for the nonce's block and those after it. */
  int[][] sums = {};

  /** The constant part of the nonce's block. */
  Schedule schedule = NOTHING_KNOWN;

  /** The constant part of the block that hashes the digest: its words from 8. */
  final Schedule digestSchedule = known(DIGEST_BLOCK, 0, 7);

  /** Whether the nonce extends into the second block. */
  boolean spills;

  int mask;
  int wanted;
  NonceBlocks blocks = NonceBlocks.EMPTY;

  /**
   * The source of the lanes' varying words: the text table, or the differences of consecutive lanes
   * from a group's first nonce.
   */
  int[] lanes = {};

  private final int[] differences;
  private final VectorMemory memory;

  VectorPlan(NonceTemplate template, VectorMemory memory, int width) {
    this.differences = new int[width];
    this.memory = memory;
    topWord = TopWord.of(template.order());
    twice = template.function() == HashFunction.SHA256D;
    memory.fill(VectorMemory.LAST_SCHEDULE, DIGEST_BLOCK);
  }

  void prepare(NonceBlocks newBlocks, int newMask, int newWanted) {
    blocks = newBlocks;
    mask = newMask;
    wanted = newWanted;
    spills = blocks.reachesIntoSecondBlock();
    versions = blocks.midstates().length;
    for (int version = 0; version < versions; version++) {
      memory.fill(VectorMemory.midstate(version), blocks.midstates()[version]);
    }
    lanes = blocks.isText() ? blocks.table() : differences;
    Arrays.setAll(differences, blocks::asBigEndianWord);
    prepareSchedules();
    prepareFirstRounds();
  }

  /** Fills the schedules. The message's last block has one even if it is constant. */
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
   * Precomputes the rounds before the nonce. Rounds are computed in fours; if the nonce is a fourth
   * word, as in a Bitcoin header, its round is also precomputed with nonce zero, since the nonce is
   * only added.
   */
  private void prepareFirstRounds() {
    int word = blocks.nonceWord();
    folded = word % 4 == 3 && blocks.nonceShift() == 0;
    int lastNonceWord = blocks.nonceShift() == 0 ? word : Math.min(word + 1, 15);
    firstRound = folded ? word + 1 : word / 4 * 4;
    schedule = known(blocks.words(), word, lastNonceWord);
    firstRoundAfterNonce = lastNonceWord / 4 * 4 + 4;
    before = new int[versions][];
    for (int version = 0; version < versions; version++) {
      before[version] = blocks.midstates()[version].clone();
      Sha256.rounds(before[version], blocks.words(), 0, firstRound);
      memory.fill(VectorMemory.before(version), before[version]);
    }
    assert firstRound % 4 == 0 && firstRoundAfterNonce % 4 == 0;
    assert schedule.from() % 4 == 0 && schedule.to() % 4 == 0;
  }

  /**
   * Finds the longest run of four-word steps in which the words 16 and 15 places before are
   * constant.
   *
   * @param words a block, of which the words {@code varyFrom} to {@code varyTo} depend on the nonce
   */
  private static Schedule known(int[] words, int varyFrom, int varyTo) {
    int[] extended = Arrays.copyOf(words, 64);
    Sha256.extend(extended, 16, 18);
    boolean[] isKnown = new boolean[18];
    for (int t = 0; t < 16; t++) {
      isKnown[t] = t < varyFrom || t > varyTo;
    }
    for (int t = 16; t < 18; t++) {
      isKnown[t] = isKnown[t - 16] && isKnown[t - 15] && isKnown[t - 7] && isKnown[t - 2];
    }
    Schedule longest = NOTHING_KNOWN;
    int from = 16;
    for (int t = 16; t < 32; t++) {
      boolean both = isKnown[t - 16] && isKnown[t - 15];
      if (!both) {
        from = t / 4 * 4 + 4;
      } else if (t % 4 == 3 && t + 1 - from > longest.to() - longest.from()) {
        longest = new Schedule(from, t + 1, parts(extended));
      }
    }
    return longest;
  }

  private static int[] parts(int[] words) {
    int[] parts = new int[64];
    for (int t = 16; t < 32; t++) {
      parts[t] = words[t - 16] + Sha256.smallSigma0(words[t - 15]);
    }
    return parts;
  }

  /** Returns the sums of a schedule's words and the round constants. */
  private static int[] sums(int[] words) {
    int[] sums = new int[words.length];
    for (int t = 0; t < words.length; t++) {
      sums[t] = words[t] + K[t];
    }
    return sums;
  }
}
