package io.goldennonce.kernel.cpu;

/**
 * SHA-256 in loops over lanes that HotSpot's C2 compiles to vector instructions, without any
 * option.
 *
 * <p>All words are in one array: a row holds one 32-bit word per lane, and the rows of one block
 * are in one region. The working variables are stored as their history: after round {@code t},
 * {@code a} is in row {@code A + t + 4}, and {@code b} is in the row before, since it is the {@code
 * a} of the previous round, and so on to {@code d}; likewise for {@code e} to {@code h}. So all
 * rounds have the same distances between rows, and the loops differ only by constants and one
 * index. C2 needs this to see that the row written is not one that is read.
 *
 * <p>This is fragile: even the order of operands decides whether a loop is vectorized, and if not,
 * it is ten times slower, without any warning. So measure every change on every JDK. The nested
 * rotations are those of FIPS 180-4, 4.1.2: {@code x>>>2 ^ x>>>13 ^ x>>>22} is {@code ((x>>>9 ^
 * x)>>>11 ^ x)>>>2} where {@code >>>} rotates. They vectorize more reliably than the flat form.
 *
 * <p>Offsets: {@code x} contains regions, {@link #REGION} apart, starting at a place below {@link
 * AlignmentTuner#PLACES}. A parameter {@code at} or {@code row} is this place, plus whole regions,
 * plus the rows that each method specifies: those of its round, or of a word of the state. A wrong
 * offset would silently mix up words, so it is asserted.
 */
final class SuperwordLoops {
  /**
   * Lanes, one nonce each. One more than a power of two: a loop always computes its first element
   * alone, and if that is the last before a cache line, the rest are whole vectors. Few enough that
   * the rows of a round and of the schedule fit in the L1 cache.
   */
  static final int LANES = 257;

  /** The distance between rows: an odd number of cache lines, to spread over the cache. */
  static final int ROW = 272;

  /** The history of a, starting with d before the first round. */
  static final int A = 0;

  /** The history of e, starting with h before the first round. */
  static final int E = 68 * ROW;

  /** The message schedule. */
  static final int W = 136 * ROW;

  /** The distance between regions. */
  static final int REGION = 200 * ROW;

  /** Rows of a, and of e, that contain the state before a block. */
  private static final int STATE_WORDS = 4;

  private SuperwordLoops() {}

  /** Whether an offset is one of the rows {@code from} to {@code to − 1} of a region. */
  private static boolean isRow(int at, int from, int to) {
    int row = at % REGION / ROW;
    return at >= 0 && at % ROW < AlignmentTuner.PLACES && from <= row && row < to;
  }

  /** Whether an offset is a row of a word of the state before a block. */
  private static boolean isState(int row) {
    return isRow(row, 0, STATE_WORDS) || isRow(row - E, 0, STATE_WORDS);
  }

  /**
   * Computes round t.
   *
   * @param at the region's start plus t rows, 0 to 63
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
   * Computes round t of a block with the same word in all lanes.
   *
   * @param at the region's start plus t rows, 0 to 63
   * @param kw the sum of the round constant and the word
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
   * Computes word t of the message schedule.
   *
   * @param at the region's start plus t rows, 16 to 63
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
   * Adds one word of the hash state before a block to the result of its 64 rounds.
   *
   * @param row the region's start plus the rows up to that word before the block
   */
  static void addState(int[] x, int row) {
    assert isState(row) : row;
    for (int l = 0; l < LANES; l++) {
      x[row + l + 64 * ROW] = x[row + l] + x[row + l + 64 * ROW];
    }
  }

  /**
   * Writes each lane's nonce as word t of the message, in place of the lane's number.
   *
   * @param at the region's start plus t rows, 0 to 15
   * @param low the first lane's nonce
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
   * @param at the region's start plus t rows, 0 to 15
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
   * Shifts word t of the message to the right, behind the constant bits that precede it.
   *
   * @param at the region's start plus t rows, 0 to 15
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
   * @param at the region's start plus t rows, 0 to 15
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
   * Completes round t, in which only word t varies.
   *
   * @param at the region's start plus t rows, 0 to 15
   * @param a the a after the round with word zero
   * @param e the e after the round with word zero
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
   * Whether a word of any lane's hash state after a block has the wanted bits under the mask.
   *
   * @param row the region's start plus the rows up to that word before the block; the row added to
   *     it is overwritten
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
