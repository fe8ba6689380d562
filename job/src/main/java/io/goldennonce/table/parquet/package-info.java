/**
 * Rows in one Parquet file: a table's columns are defined once, and its schema, writer and reader
 * follow. Knows no file system.
 */
@NullMarked
package io.goldennonce.table.parquet;

import org.jspecify.annotations.NullMarked;
