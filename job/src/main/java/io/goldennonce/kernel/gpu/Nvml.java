package io.goldennonce.kernel.gpu;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.goldennonce.kernel.DeviceUsage;
import java.util.Optional;

/** Reads the usage of NVIDIA's GPUs from the NVIDIA Management Library. Thread-safe. */
final class Nvml {
  private static final String LIBRARY = "libnvidia-ml.so.1";
  private static final int TEMPERATURE_OF_THE_GPU = 0;

  private final Functions nvml;

  /** The functions in use, with NVML's names and parameters. */
  interface Functions extends Library {
    int nvmlInit_v2();

    int nvmlDeviceGetHandleByPciBusId_v2(String busId, Pointer[] device);

    /**
     * @param percent utilization of the GPU, then of its memory
     */
    int nvmlDeviceGetUtilizationRates(Pointer device, int[] percent);

    int nvmlDeviceGetTemperature(Pointer device, int sensor, int[] celsius);
  }

  /** Loaded on first use. */
  private static final class OfThisMachine {
    private static final Optional<Nvml> NVML = load();

    private static Optional<Nvml> load() {
      try {
        return of(Native.load(LIBRARY, Functions.class));
      } catch (LinkageError e) {
        return Optional.empty();
      }
    }
  }

  private Nvml(Functions nvml) {
    this.nvml = nvml;
  }

  /** Returns the library; empty if it is missing or its driver does not respond. */
  static Optional<Nvml> ofThisMachine() {
    return OfThisMachine.NVML;
  }

  static Optional<Nvml> of(Functions functions) {
    return functions.nvmlInit_v2() == 0 ? Optional.of(new Nvml(functions)) : Optional.empty();
  }

  /**
   * Returns the usage of a GPU; empty if the driver does not report it.
   *
   * @param id the device's id
   * @param busId its PCI bus address
   */
  Optional<DeviceUsage> usage(String id, String busId) {
    Pointer[] device = new Pointer[1];
    int[] percent = new int[2];
    int[] celsius = new int[1];
    boolean known =
        nvml.nvmlDeviceGetHandleByPciBusId_v2(busId, device) == 0
            && nvml.nvmlDeviceGetUtilizationRates(device[0], percent) == 0
            && nvml.nvmlDeviceGetTemperature(device[0], TEMPERATURE_OF_THE_GPU, celsius) == 0;
    return known
        ? Optional.of(new DeviceUsage(id, percent[0] / 100.0, celsius[0]))
        : Optional.empty();
  }
}
