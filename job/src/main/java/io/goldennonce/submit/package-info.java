/**
 * What {@code scripts/submit.sh} leaves to Java: options before the command, {@code spark-submit}'s
 * command line, cluster mode with its transcript, and EMR. It runs on the class path of the Spark
 * at hand, before any of it has started, and so uses nothing of the rest of the program.
 */
@NullMarked
package io.goldennonce.submit;

import org.jspecify.annotations.NullMarked;
