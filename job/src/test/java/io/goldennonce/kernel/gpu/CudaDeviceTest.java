package io.goldennonce.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.kernel.KernelFailedException;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.SelfTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which GPUs there are, and what users are told where a driver refuses; the driver is a fake. */
class CudaDeviceTest {
  private static final NonceTemplate HEADER = NonceTemplate.ofHeader(new byte[80]);

  private final FakeCuda cuda = new FakeCuda("0000:65:00.0", "0000:17:00.0", "0000:CA:00.0");

  /** CUDA's own order has the fastest first; schedulers assign the indexes of nvidia-smi. */
  @Test
  void all_severalGpus_areInTheOrderOfTheirBusAddresses() {
    assertThat(CudaDevice.all(cuda))
        .extracting(CudaDevice::name)
        .containsExactly(
            "NVIDIA with a long name, number 1",
            "NVIDIA with a long name, number 0",
            "NVIDIA with a long name, number 2");
  }

  @Test
  void all_gpusWithoutAddresses_areInTheDriversOrder() {
    cuda.fail("cuDeviceGetPCIBusId", 999);

    assertThat(CudaDevice.all(cuda)).extracting(CudaDevice::name).first().asString().endsWith("0");
  }

  @Test
  void compile_oneOfSeveralGpus_leavesTheOthersAlone() {
    List<CudaDevice> devices = CudaDevice.all(cuda);
    assertThat(cuda.retained).isEmpty();

    kernel(devices.get(0)).scanner(HEADER).scan(0, 1_000_000, new byte[32], () -> false);

    assertThat(cuda.retained).containsExactly(1);
  }

  @Test
  void all_noDevice_isEmpty() {
    cuda.fail("cuInit", 100);

    assertThat(CudaDevice.all(cuda)).isEmpty();
  }

  @Test
  void all_driverThatIsTooOld_saysWhichItNeeds() {
    cuda.version = 9_020;

    assertThatThrownBy(() -> CudaDevice.all(cuda))
        .isInstanceOf(DeviceException.class)
        .hasMessage("NVIDIA's driver must support CUDA 10.0 or later, supports 9.2");
  }

  @Test
  void all_gpuThatIsTooOld_saysWhichItNeeds() {
    cuda.capability = 37;

    assertThatThrownBy(() -> CudaDevice.all(cuda))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "NVIDIA with a long name, number 0 must have compute capability 5.0 or later, has 3.7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuInit", "cuDriverGetVersion", "cuDeviceGetCount", "cuDeviceGet"})
  void all_callThatFails_isOneLine(String function) {
    cuda.fail(function, 3);

    assertThatThrownBy(() -> CudaDevice.all(cuda))
        .isInstanceOf(DeviceException.class)
        .hasMessage("CUDA's " + function + " failed with error 3 (reason 3)");
  }

  @Test
  void selfTest_programThatTheDriverRefuses_saysWhy() {
    cuda.fail("cuModuleLoadDataEx", 222);

    assertThat(SelfTest.failure(kernel(CudaDevice.all(cuda).get(1)), HEADER))
        .contains(
            "its self-test ended with NVIDIA with a long name, number 0: CUDA's cuModuleLoadDataEx"
                + " failed with error 222 (reason 222): ptxas fatal : Unsupported .version 6.3");
  }

  /** Each call of a running scan, and {@code cuStreamQuery} for what a launch ends with. */
  @ParameterizedTest
  @ValueSource(
      strings = {"cuMemsetD32Async", "cuLaunchKernel", "cuMemcpyDtoHAsync_v2", "cuStreamQuery"})
  void scan_gpuFallsOff_saysHowFarItCame(String function) {
    NonceScanner scanner = kernel(CudaDevice.all(cuda).get(0)).scanner(HEADER);
    assertThat(scanner.scan(1000, 50_000, new byte[32], () -> false).end()).isEqualTo(50_000);
    cuda.fail(function, 719);

    assertThatThrownBy(() -> scanner.scan(50_000, 1L << 32, new byte[32], () -> false))
        .isInstanceOfSatisfying(
            KernelFailedException.class, failure -> assertThat(failure.end()).isEqualTo(50_000))
        .hasMessageMatching("CUDA's \\w+ failed with error 719 \\(reason 719\\)");
  }

  private static GpuKernel kernel(Device device) {
    return new GpuKernel("cuda", 0, device, new LaunchSizes(4096, 4096, 40_000_000));
  }
}
