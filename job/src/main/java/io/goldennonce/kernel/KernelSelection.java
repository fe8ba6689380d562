package io.goldennonce.kernel;

import java.util.List;

/**
 * The kernel chosen for a template.
 *
 * @param kernel one that supports the template; it changes its name if the kernel it is named for
 *     fails
 * @param warnings why it is not a better one, or not the one asked for: a line each, fit for users;
 *     empty if nothing was refused
 */
public record KernelSelection(NonceKernel kernel, List<String> warnings) {
  public KernelSelection {
    warnings = List.copyOf(warnings);
  }
}
