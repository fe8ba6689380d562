/**
 * Bitcoin's rules for a block: addresses, coinbase, witness commitment and wire format. Uses {@code
 * chain} and {@code pow}.
 */
@NullMarked
package io.goldennonce.bitcoin;

import org.jspecify.annotations.NullMarked;
