/** A local chain: transactions, block templates, blocks and fork choice. Uses {@code pow} only. */
@NullMarked
package io.goldennonce.chain;

import org.jspecify.annotations.NullMarked;
