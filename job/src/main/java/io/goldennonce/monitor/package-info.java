/** Shows how a search goes. May use {@code search}. */
@NullMarked
package io.goldennonce.monitor;

import org.jspecify.annotations.NullMarked;
