/**
 * Reads transactions from files that may grow, refuses invalid records, and selects the
 * transactions of each block. Uses {@code chain} and {@code work}, and what Spark ships to read
 * files: Hadoop, Parquet and Jackson.
 */
@NullMarked
package io.goldennonce.pool;

import org.jspecify.annotations.NullMarked;
