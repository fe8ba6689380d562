package io.goldennonce.kernel.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.kernel.KernelDevice;
import io.goldennonce.kernel.MessageDigestKernel;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceKernelContract;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ScanResult;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract with a device that works, and what happens before it does and if it must not. */
class DeviceOrCpuKernelTest extends NonceKernelContract {
  /** One for the whole contract, as each has a self-test. */
  private static final NonceKernel WORKING =
      new DeviceOrCpuKernel(new FakeDevice().thorough().compiled(), new MessageDigestKernel());

  private static final NonceTemplate HEADER = NonceTemplate.ofHeader(new byte[80]);
  private static final byte[] UNREACHABLE = new byte[32];

  private final FakeDevice device = new FakeDevice();
  private final FakeKernel cpu = new FakeKernel("cpu");
  private final DeviceOrCpuKernel either = new DeviceOrCpuKernel(device, cpu);

  DeviceOrCpuKernelTest() {
    super(WORKING);
  }

  @Override
  protected NonceScanner scanner(NonceTemplate template) {
    return kernel.scanner(template);
  }

  @Override
  protected int lanes() {
    return 32;
  }

  @Test
  void scan_deviceThatPassesItsSelfTest_isTheDevices() {
    device.compiled();
    assertThat(either.failure(HEADER)).isEmpty();

    ScanResult result = either.scanner(HEADER).scan(5, 1L << 32, UNREACHABLE, () -> false);

    assertThat(result).isEqualTo(new ScanResult(1L << 32, false));
    assertThat(device.ranges()).containsExactly(new FakeKernel.Range(5, 1L << 32));
    assertThat(cpu.ranges()).isEmpty();
    assertThat(either.name()).isEqualTo("device");
    assertThat(either.device()).contains(new KernelDevice("device:0", "a device", false));
  }

  @Test
  void scan_beforeTheSelfTestIsOver_isTheCpus() {
    ScanResult result = either.scanner(HEADER).scan(0, 100_000, UNREACHABLE, () -> false);
    device.compiled();

    assertThat(result).isEqualTo(new ScanResult(100_000, false));
    assertThat(cpu.ranges()).containsExactly(new FakeKernel.Range(0, 100_000));
    assertThat(device.ranges()).isEmpty();
    assertThat(either.name()).isEqualTo("cpu");
    assertThat(either.device()).isEmpty();
  }

  @Test
  void scan_selfTestEndsMeanwhile_goesOnWithTheDeviceAtTheSameNonce() {
    NonceKernel slow = new DeviceOrCpuKernel(device, new FakeKernel("slow").slow());
    NonceScanner scanner = slow.scanner(HEADER);
    device.compiled();

    ScanResult result = scanner.scan(7, 1L << 32, UNREACHABLE, () -> false);

    assertThat(result).isEqualTo(new ScanResult(1L << 32, false));
    assertThat(device.ranges())
        .singleElement()
        .satisfies(
            range -> {
              // The CPU has tried one nonce, unless the device was ready at once.
              assertThat(range.from()).isBetween(7L, 8L);
              assertThat(range.to()).isEqualTo(1L << 32);
            });
  }

  @Test
  void scan_stoppedBeforeTheSelfTestIsOver_tellsNoOneElse() {
    NonceKernel slow = new DeviceOrCpuKernel(device, new FakeKernel("slow").slow());
    AtomicInteger polls = new AtomicInteger();

    ScanResult result =
        slow.scanner(HEADER).scan(7, 1L << 32, UNREACHABLE, () -> polls.incrementAndGet() == 3);
    device.compiled();

    assertThat(result).isEqualTo(new ScanResult(8, false));
    assertThat(device.ranges()).isEmpty();
  }

  @Test
  void scan_deviceFailsInTheMiddle_goesOnBehindItsWorkWithTheCpu() {
    device.compiled();
    assertThat(either.failure(HEADER)).isEmpty();
    NonceScanner scanner = either.scanner(HEADER);
    device.failAt(3_000_000_000L);

    ScanResult result = scanner.scan(2_000_000_000L, 3_000_100_000L, UNREACHABLE, () -> false);

    assertThat(result).isEqualTo(new ScanResult(3_000_100_000L, false));
    assertThat(device.ranges())
        .as("in one piece")
        .containsExactly(new FakeKernel.Range(2_000_000_000L, 3_000_100_000L));
    assertThat(cpu.ranges()).containsExactly(new FakeKernel.Range(3_000_000_000L, 3_000_100_000L));
    assertThat(either.name()).isEqualTo("cpu");
    assertThat(either.device()).contains(new KernelDevice("device:0", "a device", true));
  }

  @Test
  void scan_deviceThatHasFailed_isNotUsedAgain() {
    device.compiled();
    assertThat(either.failure(HEADER)).isEmpty();
    NonceScanner before = either.scanner(HEADER);
    device.failAt(0);
    before.scan(0, 10, UNREACHABLE, () -> false);
    device.ranges().clear();

    before.scan(10, 20, UNREACHABLE, () -> false);
    DeviceOrCpuKernel another = new DeviceOrCpuKernel(device, cpu);
    another.scanner(HEADER).scan(20, 30, UNREACHABLE, () -> false);

    assertThat(device.ranges()).isEmpty();
    assertThat(another.name()).isEqualTo("cpu");
    assertThat(another.failure(HEADER)).contains("the device is lost");
  }

  @Test
  void scan_deviceThatFindsNothing_isNeverUsed() {
    device.blind().compiled();

    assertThat(either.failure(HEADER).orElseThrow()).contains("must find nonce 2083236893");
    either.scanner(HEADER).scan(0, 1L << 32, UNREACHABLE, () -> false);
    assertThat(device.ranges()).isEmpty();
    assertThat(cpu.ranges()).containsExactly(new FakeKernel.Range(0, 1L << 32));
    assertThat(either.name()).isEqualTo("cpu");
  }

  @Test
  void scan_templateThatTheDeviceDoesNotSupport_isTheCpus() {
    NonceTemplate decimal = template(3, 3, NonceEncoding.DECIMAL);
    device.binaryOnly().compiled();

    either.scanner(decimal).scan(0, 1L << 32, UNREACHABLE, () -> false);

    assertThat(either.supports(decimal)).isTrue();
    assertThat(device.ranges()).isEmpty();
    assertThat(cpu.ranges()).containsExactly(new FakeKernel.Range(0, 1L << 32));
  }
}
