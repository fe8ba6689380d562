/** Draws pictures of plans. May use {@code plan} and XChart. */
@NullMarked
package io.goldennonce.plot;

import org.jspecify.annotations.NullMarked;
