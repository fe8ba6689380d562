/**
 * Keeps what was mined: Parquet tables under a warehouse, and how Spark SQL reads them. May use
 * {@code bitcoin}, {@code chain}, {@code pool}, {@code puzzle}, {@code search}, {@code plan}, what
 * they are made of, and Spark SQL.
 */
@NullMarked
package io.goldennonce.warehouse;

import org.jspecify.annotations.NullMarked;
