package io.goldennonce.store;

/**
 * What a compaction has done.
 *
 * @param merged files that larger ones have replaced
 * @param files files that are read now
 * @param rows rows that were copied
 * @param deleted replaced files that were deleted, now or of an earlier compaction
 */
public record Compacted(long merged, long files, long rows, long deleted) {}
