/** The commands: what users type, what they read, and the only place that exits. May use all. */
@NullMarked
package io.goldennonce.cli;

import org.jspecify.annotations.NullMarked;
