package io.goldennonce.kernel.gpu;

/**
 * Which pipe of a multiprocessor takes which operations. Logic, shifts and additions are done by
 * the integer pipe, which is the busier one; multiplications by the other. A multiplier that the
 * compiler knows would be made a shift again, so multipliers are parameters.
 *
 * @param multiplyForAdd additions are multiply-adds by one
 * @param multiplyForShift shifts are the high halves of multiplications
 * @param rotateByMultiply every so many-th rotation is two multiplications; 0: none is
 * @param wide those rotations are a multiplication with a result of 64 bits and the sum of its
 *     halves
 */
record PtxStyle(
    boolean multiplyForAdd, boolean multiplyForShift, int rotateByMultiply, boolean wide) {
  static final PtxStyle DEFAULT = new PtxStyle(true, false, 0, false);
}
