/** Kernels of GPUs: launches programs on CUDA and OpenCL devices, and reads what they found. */
@NullMarked
package io.goldennonce.kernel.gpu;

import org.jspecify.annotations.NullMarked;
