package io.goldennonce.kernel;

import java.io.Serializable;

/**
 * What a device's driver says of it.
 *
 * @param device its id, as in {@link KernelDevice}
 * @param utilization the share of the last moments in which it worked, 0 to 1
 * @param celsius its temperature
 */
public record DeviceUsage(String device, double utilization, int celsius) implements Serializable {}
