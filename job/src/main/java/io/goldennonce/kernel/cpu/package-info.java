/** Kernels of the CPU: vectors, loops that the compiler vectorizes, and SHA instructions. */
@NullMarked
package io.goldennonce.kernel.cpu;

import org.jspecify.annotations.NullMarked;
