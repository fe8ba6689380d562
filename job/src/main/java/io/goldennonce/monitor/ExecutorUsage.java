package io.goldennonce.monitor;

import io.goldennonce.kernel.DeviceUsage;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Resource usage of an executor's process.
 *
 * @param executor its id in Spark
 * @param cpuSeconds processor time since its start
 * @param residentBytes resident memory in bytes, 0 if unknown
 * @param devices usage of its devices, as reported by their drivers
 */
record ExecutorUsage(
    String executor, String host, double cpuSeconds, long residentBytes, List<DeviceUsage> devices)
    implements Serializable {
  /** Usage of a device, by its id; null if not reported. */
  @Nullable DeviceUsage of(String device) {
    return devices.stream().filter(one -> one.device().equals(device)).findFirst().orElse(null);
  }
}
