/**
 * What every package may use: threads, digests, a bounded map, causes of failures, files that are
 * replaced as a whole. Uses the JDK only.
 */
@NullMarked
package io.goldennonce.base;

import org.jspecify.annotations.NullMarked;
