package io.goldennonce.kernel.gpu;

import io.goldennonce.kernel.NonceKernelContract;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The contract on an NVIDIA GPU; skipped, in CI as well, where there is none. */
class CudaKernelTest extends NonceKernelContract {
  private static final LaunchSizes SIZES = new LaunchSizes(4096, 4096, 40_000_000);

  private static @Nullable GpuKernel kernel;

  CudaKernelTest() {
    super(kernel());
  }

  @Override
  protected NonceScanner scanner(NonceTemplate template) {
    return kernel().pureScanner(template);
  }

  @Override
  protected int lanes() {
    return 1024;
  }

  private static synchronized GpuKernel kernel() {
    GpuKernel known = kernel;
    if (known == null) {
      known = new GpuKernel("cuda", 0, device(), SIZES);
      kernel = known;
    }
    return known;
  }

  private static Device device() {
    try {
      List<CudaDevice> devices = CudaDevice.all();
      Assumptions.assumeFalse(devices.isEmpty(), "there is no NVIDIA GPU");
      return devices.get(0);
    } catch (DeviceException e) {
      return Assumptions.abort("there is no NVIDIA GPU: " + e.getMessage());
    }
  }
}
