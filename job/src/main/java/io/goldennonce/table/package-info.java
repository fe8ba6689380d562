/**
 * Tables of Parquet files on local disk, HDFS and S3: atomic, durable, small. Knows no feature.
 * Uses Hadoop's file systems and Parquet; no Spark.
 */
@NullMarked
package io.goldennonce.table;

import org.jspecify.annotations.NullMarked;
