/**
 * Solves templates row by row, in a task: those of a table's columns, and of a function's
 * arguments. May use {@code search}, its dependencies, and Spark SQL.
 */
@NullMarked
package io.goldennonce.batch;

import org.jspecify.annotations.NullMarked;
