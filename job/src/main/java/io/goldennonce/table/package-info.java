/**
 * Tables of Parquet files: which rows count, appends, versions, compaction. Knows no feature and no
 * Spark.
 */
@NullMarked
package io.goldennonce.table;

import org.jspecify.annotations.NullMarked;
