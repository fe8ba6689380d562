/**
 * Opens a warehouse to Spark SQL: a catalog of its tables and of functions over them, and what
 * ships to ask of them. May use {@code store}, {@code chain}, {@code pow} and Spark SQL.
 */
@NullMarked
package io.goldennonce.sql;

import org.jspecify.annotations.NullMarked;
