/**
 * Scans nonces on GPUs: generates the program, prints it for CUDA and OpenCL, and launches it. Uses
 * the kernels' interface and JNA only.
 */
@NullMarked
package io.goldennonce.kernel.gpu;

import org.jspecify.annotations.NullMarked;
