package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.Sha256;
import java.util.Arrays;

/**
 * What a vector kernel works on: rows of one {@code int[]}, a row holding one 32-bit word of
 * SHA-256 for each nonce of a group. One array, so that the compiled code checks one length; the
 * rows' places are constants. Words that are the same for all nonces are scalars where they are
 * only added.
 */
final class VectorMemory {
  /** Rows of the working variables before the first round that depends on the nonce. */
  static final int BEFORE = 0;

  /** Rows of the working variables between two calls. */
  static final int STATE = BEFORE + 8;

  /** Rows of the midstate: what the first block's working variables are added to. */
  static final int MIDSTATE = STATE + 8;

  /** Rows of the state that every hash starts from. */
  static final int INITIAL = MIDSTATE + 8;

  /** Rows of the hash state between blocks after the first. */
  static final int CHAIN = INITIAL + 8;

  /** Rows of message schedules: the nonce's block, the one it may reach into, the last of all. */
  static final int NONCE_SCHEDULE = CHAIN + 8;

  static final int SPILL_SCHEDULE = NONCE_SCHEDULE + 64;
  static final int LAST_SCHEDULE = SPILL_SCHEDULE + 64;
  private static final int ROWS = LAST_SCHEDULE + 64;

  /**
   * Where the first row begins: 48 bytes on, since an array's elements begin 16 bytes after the
   * object, which {@link StableArrays} start on a cache line, and a vector that lies across two
   * lines takes two accesses: a twentieth of the speed.
   */
  static final int FIRST = 12;

  /** The rows. */
  final int[] rows;

  /** The words of a row: nonces in a group. */
  private final int width;

  VectorMemory(int width) {
    this.width = width;
    this.rows = StableArrays.ofInts(FIRST + ROWS * width);
    fill(INITIAL, Sha256.initialState());
  }

  /** Whether a row is the first of a state's eight. */
  static boolean isState(int row) {
    return row >= 0 && row < NONCE_SCHEDULE && row % 8 == 0;
  }

  /** Whether a row is the first of a schedule's 64. */
  static boolean isSchedule(int row) {
    return row >= NONCE_SCHEDULE && row < ROWS && (row - NONCE_SCHEDULE) % 64 == 0;
  }

  /** Whether words or rounds can be worked four at a time, within a block's 64. */
  static boolean isSteps(int from, int to, int least) {
    return least <= from && from <= to && to <= 64 && from % 4 == 0 && to % 4 == 0;
  }

  /**
   * Fills consecutive rows, each with one word.
   *
   * @param row the first, of a state or a schedule
   * @param words as many words as rows: at most 8 or 64
   */
  void fill(int row, int[] words) {
    assert isState(row) && words.length <= 8 || isSchedule(row) && words.length <= 64 : row;
    for (int i = 0; i < words.length; i++) {
      int begin = FIRST + (row + i) * width;
      Arrays.fill(rows, begin, begin + width, words[i]);
    }
  }
}
