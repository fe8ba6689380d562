/**
 * Opens a warehouse to Spark SQL: a catalog of its tables, and SQL scripts. May use {@code
 * warehouse}, {@code table}, {@code chain}, {@code pow} and Spark SQL.
 */
@NullMarked
package io.goldennonce.sql;

import org.jspecify.annotations.NullMarked;
