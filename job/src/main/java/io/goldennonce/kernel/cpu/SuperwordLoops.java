package io.goldennonce.kernel.cpu;

/**
 * SHA-256 in loops over lanes that HotSpot's C2 compiles to vector instructions by itself, without
 * any option.
 *
 * <p>All words lie in one array: a row holds one 32-bit word for each lane, and a pass over one
 * block has its rows in one region. The working variables are kept as their history: after round
 * {@code t}, {@code a} is in row {@code A + t + 4}; then {@code b} is in the row before, since it
 * is the {@code a} of the round before, and so on to {@code d}. So is it with {@code e} to {@code
 * h}. So a round has the same distances between its rows as any other, and all loops here differ
 * from one another by constants and one index: that is what C2 must see to know that a row it
 * writes is none that it reads.
 *
 * <p>All that is fragile: the order of operands, too, decides in silence whether a loop becomes
 * vector instructions, and if not, it is ten times slower. So every change here must be measured on
 * every JDK. The nested rotations are those of FIPS 180-4, 4.1.2: {@code x>>>2 ^ x>>>13 ^ x>>>22}
 * is {@code ((x>>>9 ^ x)>>>11 ^ x)>>>2} where {@code >>>} rotates. They vectorise more safely than
 * the flat form.
 *
 * <p>Offsets: {@code x} holds regions, {@link #REGION} apart, from a place below {@link
 * AlignmentTuner#PLACES} on. A parameter {@code at} or {@code row} is such a place, plus whole
 * regions, plus whole rows: those of the method's round, or of a word of the state. Each method
 * says which; an offset that is wrong would silently mix up words, so it is asserted.
 */
final class SuperwordLoops {
  /**
   * Lanes, a nonce each. One more than a power of two: a loop's first element is always worked
   * alone, and where it stands right before a line of the cache, the rest is whole vectors. So few
   * that the rows of a round and of the schedule lie in the first cache.
   */
  static final int LANES = 257;

  /** From one row to the next: an odd number of the cache's lines, so that rows spread over it. */
  static final int ROW = 272;

  /** The history of a, from d before the first round on. */
  static final int A = 0;

  /** The history of e, from h before the first round on. */
  static final int E = 68 * ROW;

  /** The message schedule. */
  static final int W = 136 * ROW;

  /** From one region to the next. */
  static final int REGION = 200 * ROW;

  /** Rows of a, and of e, that hold the state before a block. */
  private static final int STATE_WORDS = 4;

  private SuperwordLoops() {}

  /** Whether an offset is some row of a region, {@code from} to {@code to − 1}. */
  private static boolean isRow(int at, int from, int to) {
    int row = at % REGION / ROW;
    return at >= 0 && at % ROW < AlignmentTuner.PLACES && from <= row && row < to;
  }

  /** Whether an offset is a row of a word of the state before a block. */
  private static boolean isState(int row) {
    return isRow(row, 0, STATE_WORDS) || isRow(row - E, 0, STATE_WORDS);
  }

  /**
   * Round t.
   *
   * @param at the region's start, and t rows on, 0 to 63
   * @param k the round constant
   */
  static void round(int[] x, int at, int k) {
    assert isRow(at, 0, 64) : at;
    for (int l = 0; l < LANES; l++) {
      int i = at + l;
      int d = x[i + A];
      int c = x[i + A + ROW];
      int b = x[i + A + 2 * ROW];
      int a = x[i + A + 3 * ROW];
      int h = x[i + E];
      int g = x[i + E + ROW];
      int f = x[i + E + 2 * ROW];
      int e = x[i + E + 3 * ROW];
      int t1 = ((choose(e, f, g) + bigSigma1(e)) + k) + (h + x[i + W]);
      x[i + E + 4 * ROW] = d + t1;
      x[i + A + 4 * ROW] = majority(a, b, c) + (t1 + bigSigma0(a));
    }
  }

  /**
   * Round t where all lanes have the same word.
   *
   * @param at the region's start, and t rows on, 0 to 63
   * @param kw the round constant and the word
   */
  static void roundOfConstant(int[] x, int at, int kw) {
    assert isRow(at, 0, 64) : at;
    for (int l = 0; l < LANES; l++) {
      int i = at + l;
      int d = x[i + A];
      int c = x[i + A + ROW];
      int b = x[i + A + 2 * ROW];
      int a = x[i + A + 3 * ROW];
      int h = x[i + E];
      int g = x[i + E + ROW];
      int f = x[i + E + 2 * ROW];
      int e = x[i + E + 3 * ROW];
      int t1 = ((choose(e, f, g) + bigSigma1(e)) + kw) + h;
      x[i + E + 4 * ROW] = d + t1;
      x[i + A + 4 * ROW] = majority(a, b, c) + (t1 + bigSigma0(a));
    }
  }

  private static int choose(int e, int f, int g) {
    return g ^ (e & (f ^ g));
  }

  private static int majority(int a, int b, int c) {
    return (a & (b | c)) | (b & c);
  }

  private static int bigSigma0(int a) {
    return Integer.rotateRight((Integer.rotateRight((Integer.rotateRight(a, 9) ^ a), 11) ^ a), 2);
  }

  private static int bigSigma1(int e) {
    return Integer.rotateRight((e ^ Integer.rotateRight((e ^ Integer.rotateRight(e, 14)), 5)), 6);
  }

  /**
   * Word t of the message schedule.
   *
   * @param at the region's start, and t rows on, 16 to 63
   */
  static void extend(int[] x, int at) {
    assert isRow(at, 16, 64) : at;
    for (int l = 0; l < LANES; l++) {
      int i = at + l;
      x[i + W] =
          (smallSigma0(x[i + W - 15 * ROW]) + x[i + W - 7 * ROW])
              + (x[i + W - 16 * ROW] + smallSigma1(x[i + W - 2 * ROW]));
    }
  }

  private static int smallSigma0(int w) {
    return ((w >>> 3) ^ Integer.rotateRight(w, 18)) ^ Integer.rotateRight(w, 7);
  }

  private static int smallSigma1(int w) {
    return Integer.rotateRight(w, 17) ^ ((w >>> 10) ^ Integer.rotateRight(w, 19));
  }

  /**
   * One word of the hash state after a block, in place of what 64 rounds have made of it.
   *
   * @param row the region's start, and the rows on to that word before the block
   */
  static void addState(int[] x, int row) {
    assert isState(row) : row;
    for (int l = 0; l < LANES; l++) {
      x[row + l + 64 * ROW] = x[row + l] + x[row + l + 64 * ROW];
    }
  }

  /**
   * Each lane's nonce as word t of the message, in place of the lane's number.
   *
   * @param at the region's start, and t rows on, 0 to 15
   * @param low the first lane's
   */
  static void nonces(int[] x, int at, int low) {
    assert isRow(at, 0, 16) : at;
    for (int l = 0; l < LANES; l++) {
      int i = at + l;
      x[i + W] = x[i + W] + low;
    }
  }

  /**
   * Reverses the bytes of word t of the message.
   *
   * @param at the region's start, and t rows on, 0 to 15
   */
  static void reverseBytes(int[] x, int at) {
    assert isRow(at, 0, 16) : at;
    for (int l = 0; l < LANES; l++) {
      int i = at + l;
      int w = x[i + W];
      x[i + W] = ((w >>> 24) | ((w >>> 8) & 0xff00)) | ((w << 24) | ((w << 8) & 0xff0000));
    }
  }

  /**
   * Shifts word t of the message to the right, after the constant bits that precede it.
   *
   * @param at the region's start, and t rows on, 0 to 15
   * @param shift 0 to 31
   */
  static void shiftRight(int[] x, int at, int shift, int before) {
    assert isRow(at, 0, 16) : at;
    for (int l = 0; l < LANES; l++) {
      int i = at + l;
      x[i + W] = (x[i + W] >>> shift) | before;
    }
  }

  /**
   * Shifts word t of the message to the left, before the constant bits that follow it.
   *
   * @param at the region's start, and t rows on, 0 to 15
   * @param shift 1 to 31
   */
  static void shiftLeft(int[] x, int at, int shift, int after) {
    assert isRow(at, 0, 16) : at;
    for (int l = 0; l < LANES; l++) {
      int i = at + l;
      x[i + W] = (x[i + W] << shift) | after;
    }
  }

  /**
   * Round t, of which all is known but word t.
   *
   * @param at the region's start, and t rows on, 0 to 15
   * @param a what the round makes of a, with a zero for the word
   * @param e what the round makes of e, with a zero for the word
   */
  static void addWord(int[] x, int at, int a, int e) {
    assert isRow(at, 0, 16) : at;
    for (int l = 0; l < LANES; l++) {
      int i = at + l;
      int w = x[i + W];
      x[i + A + 4 * ROW] = w + a;
      x[i + E + 4 * ROW] = w + e;
    }
  }

  /**
   * Whether a word of some lane's hash state after a block has the wanted bits under the mask.
   *
   * @param row the region's start, and the rows on to the word before the block; the row of what is
   *     added to it is written over
   */
  static boolean anyWanted(int[] x, int row, int mask, int wanted) {
    assert isState(row) : row;
    for (int l = 0; l < LANES; l++) {
      int other = ((x[row + l] + x[row + l + 64 * ROW]) & mask) ^ wanted;
      x[row + l + 64 * ROW] = (other | -other) >> 31;
    }
    int sums = row + 64 * ROW;
    and256(x, sums);
    and128(x, sums);
    for (int l = 0; l <= LANES / 4; l++) {
      if (x[sums + l] == 0) {
        return true;
      }
    }
    return false;
  }

  private static void and256(int[] x, int row) {
    for (int l = 0; l <= LANES / 2; l++) {
      x[row + l] = x[row + l] & x[row + l + LANES / 2];
    }
  }

  private static void and128(int[] x, int row) {
    for (int l = 0; l <= LANES / 4; l++) {
      x[row + l] = x[row + l] & x[row + l + LANES / 4];
    }
  }
}
