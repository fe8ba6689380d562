/** The program of a search: built from the message's layout, and printed for CUDA and OpenCL. */
@NullMarked
package io.goldennonce.kernel.gpu.program;

import org.jspecify.annotations.NullMarked;
