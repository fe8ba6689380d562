package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.NonceBlocks;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.Sha256;
import io.goldennonce.kernel.TopWord;
import java.util.Arrays;

/**
 * The work that a vector kernel does for each group of nonces, and what was computed once for all
 * of them: everything in the first block before the nonce, the sums of constant words with their
 * rounds' constants, and the whole schedules of constant blocks.
 */
final class VectorPlan {
  private static final int[] K = Sha256.constants();

  private static final int[] DIGEST_BLOCK = Sha256.digestBlock();

  /**
   * What is known of a schedule before the nonces are: parts of the words {@code from} to {@code to
   * − 1}, both multiples of four.
   *
   * @param parts for each word, the sum of its two terms that are the same for all nonces: the word
   *     16 places back and σ0 of the one 15 back
   */
  @SuppressWarnings("ArrayRecordComponent") // shared with the kernel, never compared
  record Schedule(int from, int to, int[] parts) {}

  /** A schedule whose words all depend on the nonce. */
  static final Schedule NOTHING_KNOWN = new Schedule(16, 16, new int[64]);

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

  /** With how many versions each nonce is hashed. */
  int versions;

  /**
   * For each version the working variables before the first round, or after the one that lacks only
   * the nonce.
   */
  int[][] before = {};

  /** The words of the nonce's block, and of those after it, with the rounds' constants added. */
  int[][] sums = {};

  /** What is known of the nonce's block. */
  Schedule schedule = NOTHING_KNOWN;

  /** What is known of the block that hashes the digest: its words from 8 on. */
  final Schedule digestSchedule = known(DIGEST_BLOCK, 0, 7);

  /** Whether the nonce reaches into the second block. */
  boolean spills;

  int mask;
  int wanted;
  NonceBlocks blocks = NonceBlocks.EMPTY;

  /**
   * What the lanes' varying words are loaded from: consecutive nonces' entries, or what consecutive
   * lanes differ by from a group's first nonce.
   */
  int[] lanes = {};

  private final int[] differences;
  private final VectorMemory memory;

  /**
   * @param width the nonces in a group
   */
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
   * The longest run of four-word steps in which only known words are 16 and 15 places back.
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

  /** Each word of a schedule with its round's constant added. */
  private static int[] sums(int[] words) {
    int[] sums = new int[words.length];
    for (int t = 0; t < words.length; t++) {
      sums[t] = words[t] + K[t];
    }
    return sums;
  }
}
