/**
 * Runs a search on Spark: waves of tasks, their reports, and cancellation. May use {@code search},
 * its dependencies, and Spark.
 */
@NullMarked
package io.goldennonce.spark;

import org.jspecify.annotations.NullMarked;
