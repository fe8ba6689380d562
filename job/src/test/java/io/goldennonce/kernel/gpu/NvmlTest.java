package io.goldennonce.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import io.goldennonce.kernel.DeviceUsage;
import org.junit.jupiter.api.Test;

class NvmlTest {
  private static final String BUS_ID = "0000:17:00.0";

  /** One GPU, of which each call can fail. */
  private static final class OneGpu implements Nvml.Functions {
    private static final Pointer HANDLE = Pointer.createConstant(7);
    private int failing;

    @Override
    public int nvmlInit_v2() {
      return failing == 1 ? 9 : 0;
    }

    @Override
    public int nvmlDeviceGetHandleByPciBusId_v2(String busId, Pointer[] device) {
      device[0] = HANDLE;
      return failing == 2 || !busId.equals(BUS_ID) ? 6 : 0;
    }

    @Override
    public int nvmlDeviceGetUtilizationRates(Pointer device, int[] percent) {
      percent[0] = 97;
      percent[1] = 3;
      return failing == 3 || !device.equals(HANDLE) ? 15 : 0;
    }

    @Override
    public int nvmlDeviceGetTemperature(Pointer device, int sensor, int[] celsius) {
      celsius[0] = 61;
      return failing == 4 || !device.equals(HANDLE) || sensor != 0 ? 15 : 0;
    }
  }

  private final OneGpu functions = new OneGpu();

  @Test
  void vitals_gpuThatIsThere_areTheDrivers() {
    Nvml nvml = Nvml.of(functions).orElseThrow();
    assertThat(nvml.usage("cuda:0", BUS_ID)).contains(new DeviceUsage("cuda:0", 0.97, 61));
    assertThat(nvml.usage("cuda:0", "0000:18:00.0")).isEmpty();
  }

  @Test
  void vitals_anyCallThatFails_areNone() {
    functions.failing = 1;
    assertThat(Nvml.of(functions)).isEmpty();
    functions.failing = 0;
    Nvml nvml = Nvml.of(functions).orElseThrow();
    for (int call = 2; call <= 4; call++) {
      functions.failing = call;
      assertThat(nvml.usage("cuda:0", BUS_ID)).as("call %d", call).isEmpty();
    }
  }
}
