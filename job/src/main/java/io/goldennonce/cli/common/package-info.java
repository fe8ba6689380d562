/** What commands share: groups of options, arguments' decoding, the signal that stops them. */
@NullMarked
package io.goldennonce.cli.common;

import org.jspecify.annotations.NullMarked;
