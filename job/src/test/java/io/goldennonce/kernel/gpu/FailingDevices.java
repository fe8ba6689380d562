package io.goldennonce.kernel.gpu;

import io.goldennonce.kernel.DeviceKernel;
import io.goldennonce.kernel.DeviceKernels;
import java.util.List;

/**
 * The kind {@code failing}: one interpreter as a device, which falls off when a test says so; and
 * {@code none-here}, which has none.
 */
public final class FailingDevices implements DeviceKernels {
  private static final String NAME = "failing";
  private static final String NONE = "none-here";
  private static final InterpretedDevice DEVICE = new InterpretedDevice();
  private static final GpuKernel KERNEL =
      new GpuKernel(NAME, 0, DEVICE, new LaunchSizes(1024, 4096, 40_000_000));

  /** Lets the device fail from its next launch on, for the rest of this JVM. */
  public static void fallOff() {
    DEVICE.failAfter(0);
  }

  @Override
  public List<String> names() {
    return List.of(NAME, NONE);
  }

  @Override
  public int count(String name) {
    return name.equals(NAME) ? 1 : 0;
  }

  @Override
  public DeviceKernel open(String name, String address) {
    if (name.equals(NONE)) {
      throw new IllegalStateException("no GPU found: there is no device");
    }
    return KERNEL;
  }
}
