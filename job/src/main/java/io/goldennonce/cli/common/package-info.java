/** Code shared by commands: groups of options, decoding of arguments, the stop signal. */
@NullMarked
package io.goldennonce.cli.common;

import org.jspecify.annotations.NullMarked;
