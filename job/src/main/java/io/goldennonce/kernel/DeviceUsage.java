package io.goldennonce.kernel;

import java.io.Serializable;

/**
 * The usage of a device as reported by its driver.
 *
 * @param device its id, as in {@link KernelDevice}
 * @param utilization the fraction of the last sampling period in which it was busy, 0 to 1
 * @param celsius its temperature
 */
public record DeviceUsage(String device, double utilization, int celsius) implements Serializable {}
