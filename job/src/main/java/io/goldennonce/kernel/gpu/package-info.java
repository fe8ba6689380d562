/**
 * Kernels of GPUs: generates the program, prints it for CUDA and OpenCL, and launches it. Uses
 * {@code kernel} and JNA only. It has more than 25 classes because each kind of device needs a
 * library, a device and a slot of its own, and the program's four steps are one class each.
 */
@NullMarked
package io.goldennonce.kernel.gpu;

import org.jspecify.annotations.NullMarked;
