/** The command serve-work. */
@NullMarked
package io.goldennonce.cli.serve;

import org.jspecify.annotations.NullMarked;
