package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;

/** The CPU's SHA instructions on several messages at a time. */
final class ShaKernel implements NonceKernel {
  private static final String NAME = "sha-interleaved";

  private static final String OPTION =
      "--add-opens=java.base/" + ShaStream.PACKAGE + "=ALL-UNNAMED";
  private static final String MISSING_OPTION =
      "kernel %s needs the JDK's SHA-256: give spark-submit --driver-java-options \"%s\""
              .formatted(NAME, OPTION)
          + " --conf spark.executor.extraJavaOptions="
          + OPTION;

  /**
   * Returns the kernel, or why this JVM can't run it. Does not resolve the JDK's methods yet, which
   * would delay the first nonces; if they have changed, the self-test fails.
   */
  static KernelCandidate candidate() {
    if (!Object.class.getModule().isOpen(ShaStream.PACKAGE, ShaKernel.class.getModule())) {
      return KernelCandidate.refused(NAME, MISSING_OPTION);
    }
    return KernelCandidate.usable(new ShaKernel());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, new ShaFilter(template));
  }
}
