package io.goldennonce.kernel;

/**
 * Loops over lanes that HotSpot's C2 compiles to vector instructions by itself, without any option.
 *
 * <p>That is fragile: the order of operands decides in silence whether it does, and if not, a loop
 * is ten times slower. So every change here must be measured on every JDK. The nested rotations are
 * those of FIPS 180-4, 4.1.2: {@code x>>>2 ^ x>>>13 ^ x>>>22} is {@code ((x>>>9 ^ x)>>>11 ^ x)>>>2}
 * where {@code >>>} rotates. They vectorise more safely than the flat form.
 */
final class SuperwordLoops {
  /** Lanes, a nonce each. Half as many are half as fast, twice as many two thirds. */
  static final int LANES = 764;

  /**
   * The length of every array: with 16 to spare, no two arrays begin at the same place of a page.
   */
  static final int LENGTH = LANES + 16;

  private SuperwordLoops() {}

  /**
   * One round.
   *
   * @param w the message word
   * @param k what is added to it: the round constant
   * @param newA may be the array of h
   * @param newE may be the array of d
   */
  static void round(
      int[] a,
      int[] b,
      int[] c,
      int[] d,
      int[] e,
      int[] f,
      int[] g,
      int[] h,
      int[] w,
      int[] newA,
      int[] newE,
      int k) {
    for (int l = 0; l < LANES; l++) {
      int vh = h[l];
      int vf = f[l];
      int vd = d[l];
      int va = a[l];
      int vb = b[l];
      int vg = g[l];
      int vc = c[l];
      int ve = e[l];
      int choose = vg ^ (ve & (vf ^ vg));
      int sigma1 =
          Integer.rotateRight((ve ^ Integer.rotateRight((ve ^ Integer.rotateRight(ve, 14)), 5)), 6);
      int t1 = ((choose + sigma1) + k) + (vh + w[l]);
      int sigma0 =
          Integer.rotateRight((Integer.rotateRight((Integer.rotateRight(va, 9) ^ va), 11) ^ va), 2);
      int majority = (va & (vb | vc)) | (vb & vc);
      int ne = vd + t1;
      int na = majority + (t1 + sigma0);
      newE[l] = ne;
      newA[l] = na;
    }
  }

  /**
   * One word of a message schedule.
   *
   * @param out may be the array of w16
   * @param w16 the word 16 places back, and so on
   */
  static void extend(int[] out, int[] w16, int[] w15, int[] w7, int[] w2) {
    for (int l = 0; l < LANES; l++) {
      out[l] =
          ((((w15[l] >>> 3) ^ Integer.rotateRight(w15[l], 18)) ^ Integer.rotateRight(w15[l], 7))
                  + w7[l])
              + (w16[l]
                  + (Integer.rotateRight(w2[l], 17)
                      ^ ((w2[l] >>> 10) ^ Integer.rotateRight(w2[l], 19))));
    }
  }

  static void add(int[] out, int[] x, int[] y) {
    for (int l = 0; l < LANES; l++) {
      out[l] = x[l] + y[l];
    }
  }

  static void add(int[] out, int[] x, int k) {
    for (int l = 0; l < LANES; l++) {
      out[l] = x[l] + k;
    }
  }

  /** Whether some lane's sum of x and y is zero under the mask; writes over {@code scratch}. */
  static boolean anyZero(int[] scratch, int[] x, int[] y, int mask) {
    for (int l = 0; l < LANES; l++) {
      int masked = (x[l] + y[l]) & mask;
      scratch[l] = (masked | -masked) >> 31;
    }
    int quarter = LANES / 4;
    and(scratch, 2 * quarter);
    and(scratch, quarter);
    for (int l = 0; l < quarter; l++) {
      if (scratch[l] == 0) {
        return true;
      }
    }
    return false;
  }

  private static void and(int[] x, int half) {
    for (int l = 0; l < half; l++) {
      x[l] &= x[l + half];
    }
  }
}
