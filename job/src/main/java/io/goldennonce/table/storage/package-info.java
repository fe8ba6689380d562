/**
 * Files on a local disk, HDFS or S3 that appear whole and durable or not at all, and leases on
 * them. Uses Hadoop's file systems; knows nothing of what is in a file.
 */
@NullMarked
package io.goldennonce.table.storage;

import org.jspecify.annotations.NullMarked;
