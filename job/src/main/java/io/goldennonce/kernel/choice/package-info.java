/**
 * Chooses the kernel for a template: tests, compiles, and compares kernels on the search's own
 * nonces. Other packages use {@link io.goldennonce.kernel.choice.Kernels}.
 */
@NullMarked
package io.goldennonce.kernel.choice;

import org.jspecify.annotations.NullMarked;
