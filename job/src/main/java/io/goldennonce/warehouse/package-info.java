/**
 * The tables of the own chain and of searches: blocks, events, searches, ranges, coins; and what is
 * made of them without Spark: the chain, ledgers, wallets. The Spark connector is in {@code sql}.
 */
@NullMarked
package io.goldennonce.warehouse;

import org.jspecify.annotations.NullMarked;
