/**
 * What a command runs: the Spark application with its warehouse, the loop over work, coin mining,
 * proofs; and what it ends with. Knows no option and does not end the process.
 */
@NullMarked
package io.goldennonce.app;

import org.jspecify.annotations.NullMarked;
