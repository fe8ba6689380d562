package io.goldennonce.kernel.gpu;

import org.junit.jupiter.api.Assumptions;

/** The first OpenCL device of this machine; where there is none, tests that need it are skipped. */
public final class OpenClDevices {
  private static GpuKernel kernel;

  private OpenClDevices() {}

  /** Skips the test, or with {@code CI=true} fails it, where there is no OpenCL device. */
  public static void require() {
    kernel();
  }

  static synchronized GpuKernel kernel() {
    if (kernel == null) {
      try {
        kernel =
            new GpuKernel(
                "opencl", OpenClDevice.all().get(0), new LaunchSizes(4096, 4096, 40_000_000));
      } catch (DeviceException | IndexOutOfBoundsException e) {
        String line =
            "there is no OpenCL device; install pocl-opencl-icd and ocl-icd-libopencl1: "
                + e.getMessage();
        if (Boolean.parseBoolean(System.getenv("CI"))) {
          throw new AssertionError(line, e);
        }
        Assumptions.abort(line);
      }
    }
    return kernel;
  }
}
