package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceTemplate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kernel that may be chosen, or the reason why this JVM can't run it. */
public final class KernelCandidate {
  private final String name;
  private final @Nullable NonceKernel kernel;
  private final @Nullable String refusal;

  private KernelCandidate(String name, @Nullable NonceKernel kernel, @Nullable String refusal) {
    this.name = name;
    this.kernel = kernel;
    this.refusal = refusal;
  }

  public static KernelCandidate usable(NonceKernel kernel) {
    return new KernelCandidate(kernel.name(), kernel, null);
  }

  /**
   * A kernel that can't run here.
   *
   * @param line says why, and what to change
   */
  public static KernelCandidate refused(String name, String line) {
    return new KernelCandidate(name, null, line);
  }

  public String name() {
    return name;
  }

  public Optional<NonceKernel> kernel() {
    return Optional.ofNullable(kernel);
  }

  public Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Why this kernel can't scan a template, if it can't: a line fit for users. */
  public Optional<String> refusal(NonceTemplate template) {
    if (kernel != null && !kernel.supports(template)) {
      return Optional.of(
          "kernel " + name + ": nonces in encoding " + template.encoding() + " are not supported");
    }
    return refusal();
  }
}
