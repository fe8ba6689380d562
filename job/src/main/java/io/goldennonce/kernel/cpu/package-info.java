/**
 * What the processor scans with: vectors, loops that the compiler vectorises, and what both share.
 */
@NullMarked
package io.goldennonce.kernel.cpu;

import org.jspecify.annotations.NullMarked;
