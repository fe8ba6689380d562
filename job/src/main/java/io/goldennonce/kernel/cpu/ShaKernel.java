package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;

/** The processor's SHA instructions, several messages at a time. */
final class ShaKernel implements NonceKernel {
  private static final String NAME = "sha-interleaved";

  private static final String MISSING_OPTION =
      "kernel "
          + NAME
          + " needs the JDK's SHA-256: give spark-submit"
          + " --driver-java-options \"--add-opens=java.base/sun.security.provider=ALL-UNNAMED\""
          + " --conf spark.executor.extraJavaOptions="
          + "--add-opens=java.base/sun.security.provider=ALL-UNNAMED";

  /** The kernel, or why this JVM can't run it. */
  static KernelCandidate candidate() {
    if (!Object.class.getModule().isOpen(ShaStream.PACKAGE, ShaKernel.class.getModule())) {
      return KernelCandidate.refused(NAME, MISSING_OPTION);
    }
    try {
      ShaStream unused = new ShaStream();
      return KernelCandidate.usable(new ShaKernel());
    } catch (LinkageError e) {
      return KernelCandidate.refused(NAME, "kernel " + NAME + ": this JDK has another SHA-256");
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean supports(NonceTemplate template) {
    return true;
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, new ShaFilter(template));
  }
}
