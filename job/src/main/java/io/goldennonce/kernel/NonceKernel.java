package io.goldennonce.kernel;

import java.util.List;
import java.util.Optional;

/** One way to compute hashes fast. Stateless; its scanners hold the state. */
public interface NonceKernel {
  /** What {@code --kernel} and the tables call it: lower case, digits and hyphens. */
  String name();

  /** Whether it can scan this template. */
  boolean supports(NonceTemplate template);

  /** Why it can't scan a template that it doesn't support: fit for users. */
  default String unsupported(NonceTemplate template) {
    return "nonces in encoding " + template.encoding() + " are not supported";
  }

  /**
   * Sets the kernel up for a template: midstate and all else that does not depend on the nonce.
   *
   * @throws IllegalArgumentException if it does not support the template
   */
  NonceScanner scanner(NonceTemplate template);

  /**
   * Whether a device other than the processor does the work. Then the thread's processor time says
   * nothing about the kernel, and scans must be long.
   */
  default boolean offloads() {
    return false;
  }

  /**
   * What is the same for all templates that run through the same code, which must be compiled and
   * tested once.
   *
   * @param template one that the kernel supports
   */
  default Object code(NonceTemplate template) {
    return List.of(template.function(), template.order(), NonceBlocks.of(template, 0).blocks() > 1);
  }

  /**
   * Tries the kernel on nonces that are known to hit, before its first use.
   *
   * @param template the one to be scanned
   * @return what is wrong, if anything
   */
  default Optional<String> selfTest(NonceTemplate template) {
    return SelfTest.failure(this);
  }
}
