/**
 * The program: arguments to a command, and its end to an exit code. The commands are in packages by
 * what users do. Only here, and in those, does the process end.
 */
@NullMarked
package io.goldennonce.cli;

import org.jspecify.annotations.NullMarked;
