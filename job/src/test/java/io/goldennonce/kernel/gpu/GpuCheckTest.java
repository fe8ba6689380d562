package io.goldennonce.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The program that {@code scripts/gpu-check.sh} runs, so that it works where there is a GPU. */
class GpuCheckTest {
  private final InterpretedDevice device = new InterpretedDevice();
  private final GpuCheck check =
      new GpuCheck(
          new GpuKernel("interpreter", 0, device, new LaunchSizes(64, 1024, 1_000_000)),
          GpuCheck.Extent.TRIAL);

  @Test
  void run_rightDevice_endsWell() throws Exception {
    assertThat(check.run(true)).isZero();
  }

  @Test
  void run_deviceThatFindsNothing_fails() throws Exception {
    device.findNothing();

    assertThat(check.run(true)).isEqualTo(1);
  }
}
