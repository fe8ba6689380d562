/**
 * Runs what commands ask for: the Spark application with its warehouse, the loop over work, coin
 * mining and proofs. Does not know options, and does not end the process.
 */
@NullMarked
package io.goldennonce.app;

import org.jspecify.annotations.NullMarked;
