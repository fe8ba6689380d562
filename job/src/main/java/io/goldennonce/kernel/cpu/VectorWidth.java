package io.goldennonce.kernel.cpu;

import jdk.incubator.vector.VectorShape;

/** Queries the vector module. Must be loaded only if the module is present. */
final class VectorWidth {
  private VectorWidth() {}

  static int preferredBits() {
    return VectorShape.preferredShape().vectorBitSize();
  }
}
