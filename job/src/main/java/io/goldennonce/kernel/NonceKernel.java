package io.goldennonce.kernel;

import java.util.Optional;

/** One way to compute hashes fast. Stateless; its scanners hold the state. */
public interface NonceKernel {
  /** What {@code --kernel} and the tables call it: lower case, digits and hyphens. */
  String name();

  /** The device that it leaves the work to, or did until that failed; empty for the processor. */
  default Optional<KernelDevice> device() {
    return Optional.empty();
  }

  /** Whether it can scan this template. */
  boolean supports(NonceTemplate template);

  /**
   * Sets the kernel up for a template: midstate and all else that does not depend on the nonce.
   *
   * @throws IllegalArgumentException if it does not support the template
   */
  NonceScanner scanner(NonceTemplate template);
}
