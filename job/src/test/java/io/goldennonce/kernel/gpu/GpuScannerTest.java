package io.goldennonce.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.kernel.KernelFailedException;
import io.goldennonce.kernel.MessageDigestKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ScanResult;
import io.goldennonce.kernel.SelfTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Launches, and devices that fail or lie. */
class GpuScannerTest {
  private static final NonceTemplate HEADER = NonceTemplate.ofHeader(new byte[80]);
  private static final byte[] UNREACHABLE = new byte[32];

  private final InterpretedDevice device = new InterpretedDevice();
  private final GpuKernel kernel =
      new GpuKernel("interpreter", 0, device, new LaunchSizes(64, 1024, Long.MAX_VALUE));

  @Test
  void scan_deviceFails_saysHowFarItCame() {
    device.failAfter(5);
    NonceScanner scanner = kernel.scanner(HEADER);

    assertThatThrownBy(() -> scanner.scan(1000, 1_000_000, UNREACHABLE, () -> false))
        .isInstanceOfSatisfying(
            KernelFailedException.class,
            failure -> {
              // Two launches are under way at a time, so four have ended, or three.
              long done = device.launches().stream().limit(4).mapToLong(count -> count).sum();
              assertThat(failure.end()).isBetween(1000L + 64, 1000 + done);
              assertThat(failure).hasMessage("the device has fallen off the bus");
            });
  }

  /** A launch that nobody waits for any more writes to the memory of its slot. */
  @Test
  void scan_deviceFails_keepsItsSlotsInMemory() {
    device.failAfter(5);
    assertThatThrownBy(() -> kernel.scanner(HEADER).scan(1000, 1_000_000, UNREACHABLE, () -> false))
        .isInstanceOf(KernelFailedException.class);

    System.gc();

    assertThat(device.slots()).isEqualTo(2);
    assertThat(kernel.name()).as("the kernel, which is used until here").isNotEmpty();
  }

  @Test
  void scan_deviceReportsNonceThatIsNoHit_fails() {
    device.lie();
    NonceScanner scanner = kernel.scanner(HEADER);

    assertThatThrownBy(() -> scanner.scan(0, 10_000, UNREACHABLE, () -> false))
        .isInstanceOf(KernelFailedException.class)
        .hasMessage("the device reported nonce 0, whose hash is above its bound");
  }

  @Test
  void selfTest_rightDevice_passes() {
    assertThat(SelfTest.failure(kernel, HEADER)).isEmpty();
  }

  @Test
  void selfTest_deviceThatFindsNothing_fails() {
    device.findNothing();

    assertThat(SelfTest.failure(kernel, HEADER).orElseThrow())
        .contains("must find nonce 2083236893");
  }

  @Test
  void selfTest_deviceThatFails_saysWhy() {
    device.failAfter(0);

    assertThat(SelfTest.failure(kernel, HEADER).orElseThrow()).contains("fallen off the bus");
  }

  /** As a search for the lowest hash goes on: behind each hit, with a harder bound. */
  @Test
  void scan_harderBoundBehindAHit_launchesNothingTwice() {
    NonceScanner scanner =
        new GpuKernel("interpreter", 0, device, new LaunchSizes(64, 64, Long.MAX_VALUE))
            .pureScanner(HEADER);
    NonceScanner reference = new MessageDigestKernel().scanner(HEADER);
    byte[] bound = new byte[32];
    Arrays.fill(bound, 1, 32, (byte) 0xff);
    long at = 0;
    while (at < 6400) {
      ScanResult result = scanner.scan(at, 6400, bound, () -> false);
      assertThat(result).isEqualTo(reference.scan(at, 6400, bound, () -> false));
      at = result.end();
      bound[1] = (byte) ((bound[1] & 0xff) * 9 / 10);
    }

    assertThat(device.launches()).hasSize(100);
  }

  @Test
  void scan_easyBound_keepsLaunchesSmallEnoughForTheirHits() {
    NonceScanner scanner =
        new GpuKernel("interpreter", 0, device, new LaunchSizes(1 << 20, 1 << 20, Long.MAX_VALUE))
            .pureScanner(HEADER);
    byte[] bound = new byte[32];
    Arrays.fill(bound, (byte) 0xff);
    bound[0] = 0x0f;
    for (long at = 0; at < 5000; ) {
      at = scanner.scan(at, 5000, bound, () -> false).end();
    }

    assertThat(device.launches()).isNotEmpty().allMatch(count -> count <= 1 << 8);
  }

  @Test
  void after_shortLaunch_growsAndNeverShrinks() {
    LaunchSizes sizes = new LaunchSizes(1 << 16, 1 << 30, 40_000_000);

    assertThat(sizes.after(1 << 16, 1 << 16, 10_000)).isEqualTo(1 << 19);
    assertThat(sizes.after(1 << 28, 1 << 16, 10_000)).isEqualTo(1 << 28);
    assertThat(sizes.after(1 << 30, 1 << 30, 9_000_000)).isEqualTo(1 << 30);
  }

  @Test
  void after_longLaunch_takesTheWantedTime() {
    LaunchSizes sizes = new LaunchSizes(1 << 16, 1 << 30, 40_000_000);

    assertThat(sizes.after(1 << 28, 1 << 28, 80_000_000)).isEqualTo(1 << 27);
    assertThat(sizes.after(1 << 16, 1 << 16, 4_000_000_000L)).isEqualTo(655);
  }
}
