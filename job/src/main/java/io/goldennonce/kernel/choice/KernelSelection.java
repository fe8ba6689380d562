package io.goldennonce.kernel.choice;

import io.goldennonce.kernel.NonceKernel;
import java.util.List;

/**
 * The kernel chosen for a template.
 *
 * @param kernel supports the template; its name changes if the kernel fails or another proves
 *     faster
 * @param reason why it was chosen: one line for users
 * @param warnings why it is not a better one or the requested one: lines for users
 */
public record KernelSelection(NonceKernel kernel, String reason, List<String> warnings) {
  public KernelSelection {
    warnings = List.copyOf(warnings);
  }
}
