package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.Sha256;
import java.util.Arrays;

/**
 * The memory of a vector kernel: rows of one {@code int[]}, each with one 32-bit word of SHA-256
 * per nonce of a group. It is one array, so that the compiled code checks one length, and the
 * offsets of rows are constants. Words that are the same for all nonces and only added are scalars.
 */
final class VectorMemory {
  /** Rows of the working variables between two calls. */
  static final int STATE = 0;

  /** Rows of the initial hash value. */
  static final int INITIAL = STATE + 8;

  /** Rows of the hash state between blocks after the first. */
  static final int CHAIN = INITIAL + 8;

  /** Rows of message schedules: the nonce's block, the next one if the nonce spans it, the last. */
  static final int NONCE_SCHEDULE = CHAIN + 8;

  static final int SPILL_SCHEDULE = NONCE_SCHEDULE + 64;
  static final int LAST_SCHEDULE = SPILL_SCHEDULE + 64;

  /** Rows per version: two states. */
  private static final int VERSIONS = LAST_SCHEDULE + 64;

  private static final int VERSION_ROWS = 16;

  /**
   * The start of the first row: 48 bytes, since an array's elements start 16 bytes after the
   * object, which {@link StableArrays} aligns to a cache line. A vector that spans two lines takes
   * two accesses, which costs 5 % of the speed.
   */
  static final int FIRST = 12;

  /** The rows. */
  final int[] rows;

  /** Words per row: the nonces in a group. */
  private final int width;

  VectorMemory(int width, int versions) {
    this.width = width;
    this.rows = StableArrays.ofInts(FIRST + (VERSIONS + VERSION_ROWS * versions) * width);
    fill(INITIAL, Sha256.initialState());
  }

  /** Returns the row of the working variables before the first round that depends on the nonce. */
  static int before(int version) {
    return VERSIONS + VERSION_ROWS * version;
  }

  /** Returns the row of a midstate, to which the first block's working variables are added. */
  static int midstate(int version) {
    return VERSIONS + VERSION_ROWS * version + 8;
  }

  /** Whether a row is the first of a state's eight. */
  static boolean isState(int row) {
    return row >= 0 && (row < NONCE_SCHEDULE || row >= VERSIONS) && row % 8 == 0;
  }

  /** Whether a row is the first of a schedule's 64. */
  static boolean isSchedule(int row) {
    return row >= NONCE_SCHEDULE && row < VERSIONS && (row - NONCE_SCHEDULE) % 64 == 0;
  }

  /** Whether words or rounds of a block can be computed four at a time. */
  static boolean isSteps(int from, int to, int least) {
    return least <= from && from <= to && to <= 64 && from % 4 == 0 && to % 4 == 0;
  }

  /**
   * Fills consecutive rows, each with one word.
   *
   * @param row the first, of a state or a schedule
   * @param words one word per row: at most 8 or 64
   */
  void fill(int row, int[] words) {
    assert isState(row) && words.length <= 8 || isSchedule(row) && words.length <= 64 : row;
    for (int i = 0; i < words.length; i++) {
      int begin = FIRST + (row + i) * width;
      Arrays.fill(rows, begin, begin + width, words[i]);
    }
  }
}
