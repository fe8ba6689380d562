package io.goldennonce.monitor;

import io.goldennonce.kernel.DeviceUsage;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the process of an executor uses.
 *
 * @param executor Spark's id of it
 * @param host where it runs
 * @param cpuSeconds processor time since it began
 * @param residentBytes resident memory in bytes, 0 if unknown
 * @param devices what the drivers of its devices say of them
 */
record ExecutorUsage(
    String executor, String host, double cpuSeconds, long residentBytes, List<DeviceUsage> devices)
    implements Serializable {
  /** Of a device, by its id. */
  @Nullable DeviceUsage of(String device) {
    return devices.stream().filter(one -> one.device().equals(device)).findFirst().orElse(null);
  }
}
