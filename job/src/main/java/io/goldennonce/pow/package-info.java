/**
 * The values of proof of work: hash, target, compact bits, header, difficulty, chain work. All are
 * immutable and checked where they are made. Uses the JDK only.
 */
@NullMarked
package io.goldennonce.pow;

import org.jspecify.annotations.NullMarked;
