package io.goldennonce.kernel.cpu;

import jdk.incubator.vector.VectorShape;

/** Asks the vector module; only to be loaded where there is one. */
final class VectorWidth {
  private VectorWidth() {}

  /** The widest vectors that this processor and JVM are good at. */
  static int preferredBits() {
    return VectorShape.preferredShape().vectorBitSize();
  }
}
