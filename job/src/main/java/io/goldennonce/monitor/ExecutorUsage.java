package io.goldennonce.monitor;

import java.io.Serializable;

/**
 * What the process of an executor uses.
 *
 * @param executor Spark's id of it
 * @param host where it runs
 * @param cpuSeconds processor time since it began
 * @param residentBytes resident memory in bytes, 0 if unknown
 */
record ExecutorUsage(String executor, String host, double cpuSeconds, long residentBytes)
    implements Serializable {}
