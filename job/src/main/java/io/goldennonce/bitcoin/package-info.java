/**
 * What Bitcoin's rules ask of a block: addresses, coinbase, witness commitment, its bytes on the
 * wire. Uses {@code chain} and {@code pow}.
 */
@NullMarked
package io.goldennonce.bitcoin;

import org.jspecify.annotations.NullMarked;
