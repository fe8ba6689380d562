/**
 * Scans nonces fast: the interface, its implementations, and the choice among them. Uses the JDK
 * only.
 */
@NullMarked
package io.goldennonce.kernel;

import org.jspecify.annotations.NullMarked;
