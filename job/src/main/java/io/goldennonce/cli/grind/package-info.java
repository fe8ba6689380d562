/** The command grind, and the server that answers it with Spark warm. */
@NullMarked
package io.goldennonce.cli.grind;

import org.jspecify.annotations.NullMarked;
