/**
 * The interface of kernels: message templates, runs of nonces, the reference kernel, and the
 * self-test. Uses the JDK only.
 */
@NullMarked
package io.goldennonce.kernel;

import org.jspecify.annotations.NullMarked;
