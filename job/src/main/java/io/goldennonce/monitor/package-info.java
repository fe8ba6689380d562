/** Shows the progress of searches. May use {@code chain}, {@code search} and Spark. */
@NullMarked
package io.goldennonce.monitor;

import org.jspecify.annotations.NullMarked;
