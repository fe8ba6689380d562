/** Shows the progress of searches on a terminal, or as lines of a log. */
@NullMarked
package io.goldennonce.monitor.terminal;

import org.jspecify.annotations.NullMarked;
