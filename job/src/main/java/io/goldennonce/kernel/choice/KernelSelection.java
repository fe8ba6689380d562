package io.goldennonce.kernel.choice;

import io.goldennonce.kernel.NonceKernel;
import java.util.List;

/**
 * The kernel chosen for a template.
 *
 * @param kernel one that supports the template; its name changes if the kernel it is named for
 *     fails, or another proves faster
 * @param reason why this one, in a line fit for users
 * @param warnings why it is not a better one, or not the one asked for: a line each, fit for users;
 *     empty if nothing was refused
 */
public record KernelSelection(NonceKernel kernel, String reason, List<String> warnings) {
  public KernelSelection {
    warnings = List.copyOf(warnings);
  }
}
