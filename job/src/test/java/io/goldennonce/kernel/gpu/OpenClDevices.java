package io.goldennonce.kernel.gpu;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The first OpenCL device of this machine; where there is none, tests that need it are skipped. */
public final class OpenClDevices {
  private static @Nullable GpuKernel kernel;

  private OpenClDevices() {}

  /** Skips the test, or with {@code CI=true} fails it, where there is no OpenCL device. */
  public static void require() {
    kernel();
  }

  static synchronized GpuKernel kernel() {
    GpuKernel known = kernel;
    if (known == null) {
      known = new GpuKernel("opencl", 0, device(), new LaunchSizes(4096, 4096, 40_000_000));
      kernel = known;
    }
    return known;
  }

  private static Device device() {
    try {
      return OpenClDevice.all().get(0);
    } catch (DeviceException | IndexOutOfBoundsException e) {
      String line =
          "there is no OpenCL device; install pocl-opencl-icd and ocl-icd-libopencl1: "
              + e.getMessage();
      if (Boolean.parseBoolean(System.getenv("CI"))) {
        throw new AssertionError(line, e);
      }
      return Assumptions.abort(line);
    }
  }
}
