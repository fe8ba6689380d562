/**
 * The program: maps arguments to a command, and its result to an exit code. The commands are in
 * packages by task. Only these packages end the process.
 */
@NullMarked
package io.goldennonce.cli;

import org.jspecify.annotations.NullMarked;
