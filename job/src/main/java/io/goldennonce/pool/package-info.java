/**
 * Transactions that wait to be mined: reads them from files that grow, refuses what is not valid,
 * and gives each block its own. Uses {@code chain} and {@code work}, and what Spark ships to read
 * files: Hadoop, Parquet and Jackson.
 */
@NullMarked
package io.goldennonce.pool;

import org.jspecify.annotations.NullMarked;
