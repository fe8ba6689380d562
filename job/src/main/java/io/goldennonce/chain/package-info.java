/**
 * A chain of one's own: transactions, the block to find and the block found, and which branch
 * counts. Uses {@code pow} only.
 */
@NullMarked
package io.goldennonce.chain;

import org.jspecify.annotations.NullMarked;
