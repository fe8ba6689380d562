/**
 * The own chain in a warehouse: the tables {@code blocks} and {@code events}, and what a miner
 * reads from them without Spark: tip, branches and pending blocks.
 */
@NullMarked
package io.goldennonce.chain.table;

import org.jspecify.annotations.NullMarked;
