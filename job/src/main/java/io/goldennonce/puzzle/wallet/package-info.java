/** Coins in a warehouse: the table {@code coins}, and the coins of one run. */
@NullMarked
package io.goldennonce.puzzle.wallet;

import org.jspecify.annotations.NullMarked;
