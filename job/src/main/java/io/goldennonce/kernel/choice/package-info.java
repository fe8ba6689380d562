/**
 * Chooses the kernel that scans a template: tests the kernels, compiles them, and compares them on
 * the search's own nonces. {@link io.goldennonce.kernel.choice.Kernels} is what other packages use.
 */
@NullMarked
package io.goldennonce.kernel.choice;

import org.jspecify.annotations.NullMarked;
