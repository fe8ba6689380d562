/**
 * The own chain in a warehouse: the tables {@code blocks} and {@code events}, and what a miner
 * needs of them without Spark: the tip, branches, blocks under way.
 */
@NullMarked
package io.goldennonce.chain.table;

import org.jspecify.annotations.NullMarked;
