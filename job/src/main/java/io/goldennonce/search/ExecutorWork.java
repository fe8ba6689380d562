package io.goldennonce.search;

/**
 * What one executor has done in a run, as far as it has reported.
 *
 * @param executor Spark's id of it
 * @param host where it runs
 * @param kernel the kernel it used last
 * @param hashes hashes computed
 * @param faults how often it was caught at a wrong hash
 */
public record ExecutorWork(String executor, String host, String kernel, long hashes, int faults) {}
