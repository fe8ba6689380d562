package io.goldennonce.kernel.gpu;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.Optional;

/** What NVIDIA's driver says of its GPUs, by its management library. Thread-safe. */
final class Nvml {
  private static final String LIBRARY = "libnvidia-ml.so.1";
  private static final int TEMPERATURE_OF_THE_GPU = 0;

  private final Functions nvml;

  /** The functions that are called, under the names and with the parameters of NVML. */
  interface Functions extends Library {
    int nvmlInit_v2();

    int nvmlDeviceGetHandleByPciBusId_v2(String busId, Pointer[] device);

    /**
     * @param percent of the GPU, then of its memory
     */
    int nvmlDeviceGetUtilizationRates(Pointer device, int[] percent);

    int nvmlDeviceGetTemperature(Pointer device, int sensor, int[] celsius);
  }

  /**
   * What a driver says.
   *
   * @param utilization the share of the last moments in which the GPU worked, 0 to 1
   * @param celsius its temperature
   */
  record Usage(double utilization, int celsius) {}

  /** Loaded when it is first asked for. */
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

  /** Nothing where there is no such library, or its driver does not answer. */
  static Optional<Nvml> ofThisMachine() {
    return OfThisMachine.NVML;
  }

  static Optional<Nvml> of(Functions functions) {
    return functions.nvmlInit_v2() == 0 ? Optional.of(new Nvml(functions)) : Optional.empty();
  }

  /** Of the GPU at an address of the PCI bus; nothing where the driver can't tell it. */
  Optional<Usage> usage(String busId) {
    Pointer[] device = new Pointer[1];
    int[] percent = new int[2];
    int[] celsius = new int[1];
    boolean told =
        nvml.nvmlDeviceGetHandleByPciBusId_v2(busId, device) == 0
            && nvml.nvmlDeviceGetUtilizationRates(device[0], percent) == 0
            && nvml.nvmlDeviceGetTemperature(device[0], TEMPERATURE_OF_THE_GPU, celsius) == 0;
    return told ? Optional.of(new Usage(percent[0] / 100.0, celsius[0])) : Optional.empty();
  }
}
