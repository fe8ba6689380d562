/**
 * Runs a search on Spark: waves of tasks, the accumulator that carries their reports, cancellation.
 * May use {@code search}, what it is made of, and Spark.
 */
@NullMarked
package io.goldennonce.spark;

import org.jspecify.annotations.NullMarked;
