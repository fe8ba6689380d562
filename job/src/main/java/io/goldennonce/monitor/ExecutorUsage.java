package io.goldennonce.monitor;

import java.io.Serializable;

/**
 * What the process of an executor uses.
 *
 * @param executor Spark's id of it
 * @param host where it runs
 * @param cpuSeconds processor time since it began
 * @param residentBytes its memory, 0 where the system does not tell
 */
record ExecutorUsage(String executor, String host, double cpuSeconds, long residentBytes)
    implements Serializable {}
