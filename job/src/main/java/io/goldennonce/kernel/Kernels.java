package io.goldennonce.kernel;

import java.util.List;

/** The kernels there are, best first, and the choice among them. */
public final class Kernels {
  private static final List<NonceKernel> ALL = List.of(new MessageDigestKernel());

  private Kernels() {}

  /** Every kernel that this JVM can run, the fastest first. */
  public static List<NonceKernel> all() {
    return ALL;
  }
}
