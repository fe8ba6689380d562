package io.goldennonce.kernel;

/**
 * SHA-256 on 32-bit words, with the names of FIPS 180-4. Computes what does not depend on the
 * nonce; the fast kernels have their own rounds.
 */
public final class Sha256 {
  public static final int BLOCK_WORDS = 16;

  public static final int BLOCK_BYTES = 64;

  private static final int ROUNDS = 64;

  /** The round constants (FIPS 180-4, 4.2.2). */
  private static final int[] K = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
  };

  /** The initial hash value (FIPS 180-4, 5.3.3). */
  private static final int[] INITIAL = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  /** The padding of a digest that is hashed again: a one bit, and the length in bits. */
  private static final int[] AFTER_DIGEST = {0x80000000, 0, 0, 0, 0, 0, 0, 256};

  private Sha256() {}

  /** Returns a new block that hashes a digest, with zeros for the digest's 8 words. */
  public static int[] digestBlock() {
    int[] block = new int[BLOCK_WORDS];
    System.arraycopy(AFTER_DIGEST, 0, block, 8, AFTER_DIGEST.length);
    return block;
  }

  /**
   * Returns the end of a message as big-endian words, with the padding: a one bit, zeros, and the
   * length.
   *
   * @param end the message's last bytes, from the start of a block
   * @param length the whole message's length in bytes
   */
  public static int[] padded(byte[] end, long length) {
    int blocks = (end.length + 1 + Long.BYTES + BLOCK_BYTES - 1) / BLOCK_BYTES;
    int[] words = new int[blocks * BLOCK_WORDS];
    for (int i = 0; i < end.length; i++) {
      words[i / 4] |= (end[i] & 0xff) << (24 - i % 4 * 8);
    }
    words[end.length / 4] |= 0x80 << (24 - end.length % 4 * 8);
    long bits = length * Byte.SIZE;
    words[words.length - 2] = (int) (bits >>> 32);
    words[words.length - 1] = (int) bits;
    return words;
  }

  /** Returns a copy of the 64 round constants. */
  public static int[] constants() {
    return K.clone();
  }

  /** Returns a copy of the initial hash value, 8 words. */
  public static int[] initialState() {
    return INITIAL.clone();
  }

  static int choose(int e, int f, int g) {
    return g ^ (e & (f ^ g));
  }

  static int majority(int a, int b, int c) {
    return (a & b) | (c & (a | b));
  }

  static int bigSigma0(int a) {
    return Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
  }

  static int bigSigma1(int e) {
    return Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
  }

  public static int smallSigma0(int w) {
    return Integer.rotateRight(w, 7) ^ Integer.rotateRight(w, 18) ^ (w >>> 3);
  }

  public static int smallSigma1(int w) {
    return Integer.rotateRight(w, 17) ^ Integer.rotateRight(w, 19) ^ (w >>> 10);
  }

  /**
   * Extends the message schedule.
   *
   * @param w 64 words, those below {@code from} given
   * @param from first word to compute, at least 16
   * @param to first word not to compute, at most 64
   */
  public static void extend(int[] w, int from, int to) {
    for (int t = from; t < to; t++) {
      w[t] = w[t - 16] + smallSigma0(w[t - 15]) + w[t - 7] + smallSigma1(w[t - 2]);
    }
  }

  /**
   * Computes rounds {@code from} to {@code to − 1} on the eight working variables a to h.
   *
   * @param state the working variables, changed in place
   * @param w the message schedule
   */
  public static void rounds(int[] state, int[] w, int from, int to) {
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    int e = state[4];
    int f = state[5];
    int g = state[6];
    int h = state[7];
    for (int t = from; t < to; t++) {
      int t1 = h + bigSigma1(e) + choose(e, f, g) + K[t] + w[t];
      int t2 = bigSigma0(a) + majority(a, b, c);
      h = g;
      g = f;
      f = e;
      e = d + t1;
      d = c;
      c = b;
      b = a;
      a = t1 + t2;
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = d;
    state[4] = e;
    state[5] = f;
    state[6] = g;
    state[7] = h;
  }

  /**
   * Compresses one block into a hash state.
   *
   * @param state 8 words, changed in place
   * @param words contains the block's 16 words, from {@code offset}
   */
  public static void compress(int[] state, int[] words, int offset) {
    int[] w = new int[ROUNDS];
    System.arraycopy(words, offset, w, 0, BLOCK_WORDS);
    extend(w, BLOCK_WORDS, ROUNDS);
    int[] working = state.clone();
    rounds(working, w, 0, ROUNDS);
    for (int i = 0; i < state.length; i++) {
      state[i] += working[i];
    }
  }
}
