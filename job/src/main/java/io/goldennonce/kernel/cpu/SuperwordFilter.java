package io.goldennonce.kernel.cpu;

import static io.goldennonce.kernel.cpu.SuperwordLoops.A;
import static io.goldennonce.kernel.cpu.SuperwordLoops.E;
import static io.goldennonce.kernel.cpu.SuperwordLoops.LANES;
import static io.goldennonce.kernel.cpu.SuperwordLoops.REGION;
import static io.goldennonce.kernel.cpu.SuperwordLoops.ROW;
import static io.goldennonce.kernel.cpu.SuperwordLoops.W;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.NonceBlocks;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.Sha256;
import io.goldennonce.kernel.TopWord;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * SHA-256 in plain Java, with an array row per word and an element per nonce, see {@link
 * SuperwordLoops}. The nonce's block, the later blocks, and the digest's block have a region each.
 */
final class SuperwordFilter implements GroupFilter {
  private static final int[] K = Sha256.constants();
  private static final int[] DIGEST_WORDS = Sha256.digestBlock();
  private static final KnownRounds INITIAL = KnownRounds.of(Sha256.initialState(), DIGEST_WORDS, 0);
  private static final int ROUNDS = K.length;
  private static final int WORDS = Sha256.BLOCK_WORDS;

  /** The offsets of the lanes' nonces from the first lane's. */
  private static final int[] LANE_NUMBERS = IntStream.range(0, LANES).toArray();

  /** The starts of the regions, relative to the place. */
  private static final int NONCE_BLOCK = 0;

  private static final int LATER_BLOCKS = REGION;
  private static final int DIGEST = 2 * REGION;

  private final TopWord topWord;
  private final boolean twice;
  private final AlignmentTuner tuner = new AlignmentTuner();
  private final int[] x = StableArrays.ofInts(AlignmentTuner.PLACES + 3 * REGION);

  private KnownRounds[] versions = {};

  private NonceBlocks blocks = NonceBlocks.EMPTY;

  /** For the blocks after the nonce's: the sum of each round's constant and word. */
  private int[][] constants = {};

  private int mask;
  private int wanted;

  /** The start of the regions in the array; −1 before they are filled. */
  private int place = -1;

  /** Whether the rows contain the prepared run. */
  private boolean isFilled;

  SuperwordFilter(NonceTemplate template) {
    topWord = TopWord.of(template.order());
    twice = template.function() == HashFunction.SHA256D;
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void prepare(NonceBlocks newBlocks, int newMask, int newWanted) {
    blocks = newBlocks;
    mask = newMask;
    wanted = newWanted;
    versions =
        Arrays.stream(blocks.midstates())
            .map(state -> KnownRounds.of(state, blocks.words(), blocks.nonceWord()))
            .toArray(KnownRounds[]::new);
    constants = new int[blocks.blocks()][ROUNDS];
    for (int block = 1; block < constants.length; block++) {
      int[] sums = constants[block];
      System.arraycopy(blocks.words(), block * WORDS, sums, 0, WORDS);
      Sha256.extend(sums, WORDS, ROUNDS);
      for (int t = 0; t < ROUNDS; t++) {
        sums[t] += K[t];
      }
    }
    isFilled = false;
  }

  @Override
  public int groupsWithoutCandidate(int low, int groups) {
    fillAt(tuner.place());
    long start = System.nanoTime();
    for (int i = 0; i < groups; i++) {
      if (hasCandidate(low + i * LANES)) {
        return i;
      }
    }
    tuner.record(System.nanoTime() - start, groups);
    return groups;
  }

  private boolean hasCandidate(int low) {
    int first = placeNonces(low);
    for (int version = 0; version < versions.length; version++) {
      if (hasCandidate(version, first)) {
        return true;
      }
    }
    return false;
  }

  /** All versions of a nonce have the same words in its block; only the states differ. */
  private boolean hasCandidate(int version, int first) {
    int region = place + NONCE_BLOCK;
    int last = blocks.blocks() - 1;
    if (versions.length > 1) {
      fillState(region, versions[version]);
    }
    if (first > blocks.nonceWord()) {
      int[] afterZero = versions[version].afterZero();
      SuperwordLoops.addWord(x, region + blocks.nonceWord() * ROW, afterZero[0], afterZero[4]);
    }
    if (version == 0) {
      rounds(region, first, roundsOf(0));
    } else {
      roundsOfSchedule(region, first, roundsOf(0));
    }
    for (int block = 1; block <= last; block++) {
      laterBlock(block, region);
      region = place + LATER_BLOCKS;
    }
    if (twice) {
      int digest = place + DIGEST;
      addState(region, digest + W, digest + W + 4 * ROW, ROW);
      rounds(digest, 0, topWord.rounds());
      region = digest;
    }
    // The first word is a, in the last row after 64 rounds; the last is h, which was e after 61.
    int row = region + (topWord.index() == 0 ? A + 3 * ROW : E);
    return SuperwordLoops.anyWanted(x, row, mask, wanted);
  }

  /** Returns the number of rounds for a block of the message. */
  private int roundsOf(int block) {
    return twice || block < blocks.blocks() - 1 ? ROUNDS : topWord.rounds();
  }

  /**
   * Computes rounds of a block whose words differ between lanes. Small enough that C2 always
   * inlines it, so do not add blocks of constant words here.
   */
  private void rounds(int region, int from, int to) {
    for (int t = from; t < to; t++) {
      int at = region + t * ROW;
      if (t >= WORDS) {
        SuperwordLoops.extend(x, at);
      }
      SuperwordLoops.round(x, at, K[t]);
    }
  }

  /** Computes rounds of a block whose schedule is complete. */
  private void roundsOfSchedule(int region, int from, int to) {
    for (int t = from; t < to; t++) {
      SuperwordLoops.round(x, region + t * ROW, K[t]);
    }
  }

  /** Hashes a block after the nonce's. Only the second one may contain a part of the nonce. */
  private void laterBlock(int block, int before) {
    int region = place + LATER_BLOCKS;
    addState(before, region + A + 3 * ROW, region + E + 3 * ROW, -ROW);
    int to = roundsOf(block);
    if (block == 1 && blocks.reachesIntoSecondBlock()) {
      rounds(region, 0, to);
      return;
    }
    int[] sums = constants[block];
    for (int t = 0; t < to; t++) {
      SuperwordLoops.roundOfConstant(x, region + t * ROW, sums[t]);
    }
  }

  /**
   * Computes the hash state after a block.
   *
   * @param toA the row for its first word
   * @param toE the row for its fifth word
   * @param step the distance to the row of the next word
   */
  private void addState(int region, int toA, int toE, int step) {
    for (int i = 0; i < 4; i++) {
      int before = region + (3 - i) * ROW;
      SuperwordLoops.addState(x, before + A);
      SuperwordLoops.addState(x, before + E);
      System.arraycopy(x, before + A + ROUNDS * ROW, x, toA + i * step, LANES);
      System.arraycopy(x, before + E + ROUNDS * ROW, x, toE + i * step, LANES);
    }
  }

  /** Writes the nonces into the message; returns the first round to compute. */
  private int placeNonces(int low) {
    int word = blocks.nonceWord();
    int shift = blocks.nonceShift();
    int at = place + NONCE_BLOCK + word * ROW;
    nonces(at, low);
    if (shift == 0) {
      int constant = blocks.words()[word];
      if (constant != 0) {
        SuperwordLoops.shiftRight(x, at, 0, constant);
      }
      return word + 1;
    }
    SuperwordLoops.shiftRight(x, at, shift, blocks.words()[word]);
    int next = blocks.reachesIntoSecondBlock() ? place + LATER_BLOCKS : at + ROW;
    nonces(next, low);
    SuperwordLoops.shiftLeft(x, next, Integer.SIZE - shift, blocks.words()[word + 1]);
    return word;
  }

  private void nonces(int at, int low) {
    if (blocks.isText()) {
      System.arraycopy(blocks.table(), low, x, at + W, LANES);
      return;
    }
    System.arraycopy(LANE_NUMBERS, 0, x, at + W, LANES);
    SuperwordLoops.nonces(x, at, low);
    if (blocks.reversed()) {
      SuperwordLoops.reverseBytes(x, at);
    }
  }

  /** Fills the rows that are the same for all groups. */
  private void fillAt(int newPlace) {
    if (place != newPlace) {
      place = newPlace;
      isFilled = false;
      fillState(place + DIGEST, INITIAL);
      fillWords(place + DIGEST, DIGEST_WORDS, 0);
    }
    if (!isFilled) {
      isFilled = true;
      fillState(place + NONCE_BLOCK, versions[0]);
      fillWords(place + NONCE_BLOCK, blocks.words(), 0);
      if (blocks.reachesIntoSecondBlock()) {
        fillWords(place + LATER_BLOCKS, blocks.words(), WORDS);
      }
    }
  }

  private void fillState(int region, KnownRounds known) {
    for (int i = 0; i < known.a().length; i++) {
      fill(region + A + i * ROW, known.a()[i]);
      fill(region + E + i * ROW, known.e()[i]);
    }
  }

  private void fillWords(int region, int[] words, int from) {
    for (int t = 0; t < WORDS; t++) {
      fill(region + W + t * ROW, words[from + t]);
    }
  }

  /**
   * Fills a row.
   *
   * @param row its start in the array: a whole number of rows from the place on
   */
  private void fill(int row, int word) {
    assert row >= place && row < place + 3 * REGION && (row - place) % ROW == 0 : row;
    Arrays.fill(x, row, row + LANES, word);
  }
}
