package io.goldennonce.kernel;

import java.util.Optional;

/** An implementation of the hash search. Stateless; its scanners hold the state. */
public interface NonceKernel {
  /** Returns the name in {@code --kernel} and in tables: lower-case letters, digits and hyphens. */
  String name();

  /** Returns the device that it uses, or used until that was lost; empty for the CPU. */
  default Optional<KernelDevice> device() {
    return Optional.empty();
  }

  /** Whether it can scan a template. Every kernel of the CPU can scan all. */
  default boolean supports(NonceTemplate template) {
    return true;
  }

  /**
   * Creates a scanner for a template. Computes the midstate and everything else that does not
   * depend on the nonce.
   *
   * @throws IllegalArgumentException if it does not support the template
   */
  NonceScanner scanner(NonceTemplate template);
}
