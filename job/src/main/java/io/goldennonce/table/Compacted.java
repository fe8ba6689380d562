package io.goldennonce.table;

/**
 * What a compaction did.
 *
 * @param merged files that were merged into larger ones
 * @param files files that are left
 * @param rows rows in what was merged
 * @param deleted files deleted, which earlier compactions had replaced or crashes had left
 */
public record Compacted(long merged, long files, long rows, long deleted) {}
