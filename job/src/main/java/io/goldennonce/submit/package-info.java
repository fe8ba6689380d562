/**
 * The part of {@code scripts/submit.sh} that is Java: options before the command, {@code
 * spark-submit}'s command line, cluster mode with its transcript, and EMR. It runs with a few jars
 * of a Spark that has not started, and so uses nothing of the rest of the program.
 */
@NullMarked
package io.goldennonce.submit;

import org.jspecify.annotations.NullMarked;
